import { maskText } from '#kernel';

/** A place keeps its first six characters, which name the district and street but not the door. */
export const maskAddress = (address: string): string => {
  const signs = [...address];
  return signs.length <= 6 ? `${signs.slice(0, 2).join('')}****` : `${signs.slice(0, 6).join('')}****`;
};

/** The beginning of a text for a list, never cutting a character in two. */
export const excerpt = (text: string, length: number): string => {
  const signs = [...maskText(text).replaceAll(/\s+/g, ' ')];
  return signs.length <= length ? signs.join('') : `${signs.slice(0, length).join('')}…`;
};
