export const levelOf = (rating: any): string => String(rating.level);
