import type { audiences, CrossProvinceMode, ItemType } from '../contracts';

/** `name|originals|copies|note`; a trailing `*` on the name = may be handed in later, `~` = fetched from a shared database. */
export type MaterialLine = string;

/** What an item asks for wherever it is handled; the places add what is theirs (demo-places.ts). */
export interface DemoItem {
  /** As in the catalogue. */
  readonly name: string;
  readonly desk: Desk;
  readonly mode: CrossProvinceMode;
  readonly itemType: ItemType;
  readonly audiences?: readonly (keyof typeof audiences)[];
  readonly basis: string;
  readonly conditions: readonly string[];
  readonly materials: readonly MaterialLine[];
  /** Working days: statutory, promised. */
  readonly days: readonly [statutory: number, promised: number];
  readonly result: string;
  readonly steps: readonly string[];
  readonly fee?: string;
  readonly question?: readonly [question: string, answer: string];
}

/** Who keeps the guide and where it is done; each place has its own unit, window and telephone for it. */
export type Desk = 'hrss' | 'hsa' | 'police' | 'fund' | 'civil' | 'realty' | 'amr' | 'notary' | 'disabled' | 'ecology' | 'vehicle';

export const window1 = '在窗口或网上提出申请';
export const receive = '收件地窗口核对身份和材料，出具收件凭证，一个工作日内转递';
export const decide = '办理地审核并作出决定';
