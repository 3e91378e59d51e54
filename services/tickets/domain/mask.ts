/** rules §11.2: 张* */
export const maskName = (name: string): string => {
  const [first = ''] = name;
  return `${first}*`;
};

/** 138****5678; a fixed line keeps its last four. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/^\+86/, '');
  return digits.length >= 11 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-4)}`;
};

/** A place keeps its first six characters, which name the district and street but not the door. */
export const maskAddress = (address: string): string => {
  const signs = [...address];
  return signs.length <= 6 ? `${signs.slice(0, 2).join('')}****` : `${signs.slice(0, 6).join('')}****`;
};

const idNumber = /\d{6}(?:19|20)\d{9}[\dXx]/g;
const mobile = /1[3-9]\d{9}/g;
const longestText = 10_000;

/** Numbers that people write into free text; linear patterns on bounded text (security B-5). */
export const maskText = (text: string): string =>
  text
    .slice(0, longestText)
    .replaceAll(idNumber, (found) => `${found.slice(0, 3)}***********${found.slice(-4)}`)
    .replaceAll(mobile, (found) => `${found.slice(0, 3)}****${found.slice(-4)}`);

/** The beginning of a text for a list, never cutting a character in two. */
export const excerpt = (text: string, length: number): string => {
  const signs = [...maskText(text).replaceAll(/\s+/g, ' ')];
  return signs.length <= length ? signs.join('') : `${signs.slice(0, length).join('')}…`;
};
