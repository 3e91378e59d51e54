import type { PlaceMention } from './find-places';

/** Where the person is, and where the matter belongs (rules 8.4: first the handling place, then its guide). */
export interface PlaceRoles {
  readonly person: string | null;
  readonly handling: string | null;
  /** Other places of the sentence that may be meant just as well. */
  readonly also: readonly string[];
}

type Role = 'at' | 'origin' | 'target' | 'matter' | 'unclear';

const cues: readonly { readonly role: Role; readonly before?: RegExp; readonly after?: RegExp }[] = [
  { role: 'target', before: /(转|迁|移|调|接|搬|挪|弄|退|并)(移|接)?(到|回|入|往|去|进|至|来)?$|(落户|回老家|回)$/ },
  { role: 'origin', before: /(户口|户籍|老家|原籍|籍贯|原来|以前|之前|从前)(都|还|是)?(在|是)?$|从$|^原$/ },
  { role: 'origin', after: /^(人|籍|户口|户籍|来的|出来|那边转|转出|迁出)/ },
  { role: 'at', before: /(在|住|人在|来|到|去|身处|定居|常住)$/ },
  { role: 'matter', before: /(提|取|办|查|领|交|缴|补|用|开)$/ },
  {
    role: 'matter',
    after: /^(的|那边|这边|当地)?(公积金|住房|社保|社会|医保|医疗|养老|失业|工伤|生育|户口|身份|驾|房|不动产|营业|执照|残疾|低保|证|居住|缴|参保|交的)/,
  },
  { role: 'matter', after: /^的/ },
];

const roleOf = (text: string, mention: PlaceMention): Role => {
  const before = text.slice(Math.max(0, mention.start - 6), mention.start);
  const after = text.slice(mention.end, mention.end + 6);
  return cues.find((cue) => (cue.before?.test(before) ?? true) && (cue.after?.test(after) ?? true))?.role ?? 'unclear';
};

/** Reads the roles of the places off the words around them: 我在甲地，怎么转乙地的社保. */
export const rolesOfPlaces = (text: string, mentions: readonly PlaceMention[]): PlaceRoles => {
  const places = mentions
    .map((mention) => ({ code: mention.code, role: roleOf(text, mention) }))
    .filter((place, index, all) => all.findIndex((other) => other.code === place.code) === index);
  const [first] = places;
  if (first === undefined) return { person: null, handling: null, also: [] };
  if (places.length === 1) return { person: first.role === 'at' ? first.code : null, handling: first.code, also: [] };
  const pick = (...roles: readonly Role[]): string | undefined =>
    roles.map((role) => places.find((place) => place.role === role)?.code).find((code) => code !== undefined);
  const at = pick('at');
  const handling = places.filter((place) => place.code !== at);
  const chosen = (['target', 'matter', 'origin', 'unclear', 'at'] as const)
    .map((role) => handling.find((place) => place.role === role))
    .find((place) => place !== undefined);
  const person = at ?? places.find((place) => place.code !== chosen?.code)?.code ?? null;
  // 甲地人在乙地换证: the person acts where they are, so both places' guides answer.
  const also = chosen?.role === 'origin' && at !== undefined ? [at] : [];
  return { person, handling: chosen?.code ?? null, also };
};
