import type { CrossProvinceMode, GuideKind } from '../contracts';

/** What the index needs of a published guide; plain data, because it crosses a thread. */
export interface SearchDocument {
  readonly id: string;
  readonly externalId: string | null;
  readonly itemId: string | null;
  readonly version: number;
  readonly kind: GuideKind;
  readonly name: string;
  /** Other names of the item. */
  readonly keywords: readonly string[];
  readonly category: string | null;
  readonly department: string;
  readonly regionCode: string | null;
  readonly regionName: string;
  readonly mode: CrossProvinceMode | null;
  /** `YYYY-MM-DD`, inclusive. */
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly demo: boolean;
  readonly text: string;
}
