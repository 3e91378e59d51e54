/** rules §11.2: what a screen shows of a person without asking for more; not even the length of a name is told. */
export const maskName = (name: string): string => `${Array.from(name)[0] ?? ''}*`;

/** 138****5678; a fixed line keeps its last four. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/^\+86/, '');
  return digits.length >= 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-4)}`;
};

/** Certificate numbers keep the first three and the last four. */
export const maskCertificate = (certNo: string): string =>
  certNo.length < 10 ? '****' : `${certNo.slice(0, 3)}${'*'.repeat(certNo.length - 7)}${certNo.slice(-4)}`;

const idNumber = /\d{6}(?:19|20)\d{9}[\dXx]/g;
const mobile = /1[3-9]\d{9}/g;
const longestText = 10_000;

/** Numbers that people write into free text; linear patterns on bounded text (security B-5). */
export const maskText = (text: string): string => text.slice(0, longestText).replaceAll(idNumber, maskCertificate).replaceAll(mobile, maskPhone);
