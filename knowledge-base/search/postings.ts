import { createTermTable } from './term-table';

/** Documents of one segment that contain a term, with the term's impact on each (0–255). */
export interface PostingList {
  readonly documents: ArrayLike<number>;
  readonly impacts: ArrayLike<number>;
  readonly start: number;
  readonly end: number;
}

export interface Postings {
  find(term: number): PostingList | undefined;
}

/** Sixteen bits number a document inside its segment; that makes a posting three bytes. */
export const segmentCapacity = 0x1_0000;

export interface PostingsWriter extends Postings {
  add(document: number, term: number, impact: number): void;
  freeze(): Postings;
}

interface OpenList {
  readonly documents: number[];
  readonly impacts: number[];
}

interface Packed {
  readonly terms: readonly number[];
  readonly starts: Uint32Array;
  readonly documents: Uint16Array;
  readonly impacts: Uint8Array;
}

const pack = (lists: ReadonlyMap<number, OpenList>): Packed => {
  const terms = [...lists.keys()];
  const starts = new Uint32Array(terms.length + 1);
  terms.forEach((term, slot) => (starts[slot + 1] = (starts[slot] ?? 0) + (lists.get(term)?.documents.length ?? 0)));
  const documents = new Uint16Array(starts[terms.length] ?? 0);
  const impacts = new Uint8Array(documents.length);
  terms.forEach((term, slot) => {
    const list = lists.get(term);
    if (list === undefined) return;
    documents.set(list.documents, starts[slot]);
    impacts.set(list.impacts, starts[slot]);
  });
  return { terms, starts, documents, impacts };
};

/** Apart from `pack`, because a closure keeps all that its neighbours see alive, and the open lists are ten times as large. */
const frozen = ({ terms, starts, documents, impacts }: Packed): Postings => {
  const table = createTermTable(terms);
  return {
    find: (term) => {
      const slot = table.slotOf(term);
      return slot < 0 ? undefined : { documents, impacts, start: starts[slot] ?? 0, end: starts[slot + 1] ?? 0 };
    },
  };
};

/** Postings that still grow; `freeze` packs them. */
export const createPostingsWriter = (): PostingsWriter => {
  const lists = new Map<number, OpenList>();
  return {
    add: (document, term, impact) => {
      const list = lists.get(term);
      if (list === undefined) lists.set(term, { documents: [document], impacts: [impact] });
      else {
        list.documents.push(document);
        list.impacts.push(impact);
      }
    },
    find: (term) => {
      const list = lists.get(term);
      return list === undefined ? undefined : { documents: list.documents, impacts: list.impacts, start: 0, end: list.documents.length };
    },
    freeze: () => {
      const packed = pack(lists);
      lists.clear();
      return frozen(packed);
    },
  };
};
