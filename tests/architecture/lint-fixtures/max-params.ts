export const register = (title: string, content: string, phone: string, region: string, urgency: string): string =>
  [title, content, phone, region, urgency].join(' ');
