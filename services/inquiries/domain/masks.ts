/** 张三 → 张*, 欧阳建国 → 欧*: only the first character stays, not even the length is told (rules §11.2). */
export const maskName = (name: string): string => `${Array.from(name)[0] ?? ''}*`;

/** 13812345678 → 138****5678; shorter numbers keep their last two digits. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/^\+86/, '');
  return digits.length >= 10 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`;
};
