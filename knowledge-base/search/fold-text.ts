import { Converter } from 'opencc-js/t2cn';

/*
 * One form for all writings of the same text: traditional → simplified, full width → half width, capitals → small. Character
 * by character, so that position n of the folded text is position n of the original and highlights need no second map.
 */

const buildTable = (): Uint16Array => {
  const table = Uint16Array.from({ length: 0x1_0000 }, (_, code) => code);
  for (let code = 0x41; code <= 0x5a; code += 1) table[code] = code + 32;
  for (let code = 0xff01; code <= 0xff5e; code += 1) table[code] = table[code - 0xfee0] ?? code;
  table[0x3000] = 0x20;
  const ideographs = Array.from({ length: 0x9fff - 0x3400 + 1 }, (_, offset) => String.fromCharCode(0x3400 + offset));
  // A line each: OpenCC also knows phrases, and neighbours must not form one.
  const simplified = Converter({ from: 't', to: 'cn' })(ideographs.join('\n')).split('\n');
  simplified.forEach((character: string, offset: number) => {
    if (character.length === 1) table[0x3400 + offset] = character.charCodeAt(0);
  });
  return table;
};

let table: Uint16Array | null = null;

export const foldText = (text: string): string => {
  table ??= buildTable();
  let folded = '';
  for (let index = 0; index < text.length; index += 1) folded += String.fromCharCode(table[text.charCodeAt(index)] ?? 0x20);
  return folded;
};

export const isHan = (code: number): boolean => (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff);
export const isLatin = (code: number): boolean => code >= 0x61 && code <= 0x7a;
export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
