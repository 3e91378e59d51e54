export const tell = (phone: string): void => console.log(phone);
