/** E.164 of a Chinese number however it is typed: 138 1234 5678, 0571-8888 8888, +86 138…, 008613…; what is neither stays as its digits. */
export const toE164 = (typed: string): string => {
  const digits = typed.replaceAll(/\D/g, '').replace(/^00/, '');
  if (typed.trim().startsWith('+')) return `+${digits}`;
  if (/^861[3-9]\d{9}$/.test(digits)) return `+${digits}`;
  if (/^1[3-9]\d{9}$/.test(digits)) return `+86${digits}`;
  return /^0\d{9,11}$/.test(digits) ? `+86${digits.slice(1)}` : digits;
};

export const lastFourOf = (phone: string): string => phone.slice(-4);
