import type { CrossProvinceMode, GuideKind } from '../contracts';
import { foldText } from './fold-text';
import type { SearchDocument } from './search-document';
import { createPostingsWriter, segmentCapacity, type Postings, type PostingsWriter } from './postings';
import { weighTerms } from './weigh-terms';

/** A value that repeats from guide to guide is kept once. */
interface Pool<T> {
  put(value: T): number;
  get(index: number): T | undefined;
  readonly size: number;
}

const createPool = <T>(): Pool<T> => {
  const values: T[] = [];
  const indexes = new Map<T, number>();
  return {
    put: (value) => {
      const known = indexes.get(value);
      if (known !== undefined) return known;
      indexes.set(value, values.length);
      return values.push(value) - 1;
    },
    get: (index) => values[index],
    get size() {
      return values.length;
    },
  };
};

/** The day as a number that sorts; open ends sort last. */
export const dayNumber = (day: string | null): number => (day === null ? 99_999_999 : Number(day.replaceAll('-', '')));

const dayText = (day: number): string | null =>
  day === 99_999_999 ? null : `${Math.floor(day / 10_000)}-${String(Math.floor(day / 100) % 100).padStart(2, '0')}-${String(day % 100).padStart(2, '0')}`;

export interface StoredDocument {
  readonly id: string;
  readonly externalId: string | null;
  readonly itemId: string | null;
  readonly version: number;
  readonly kind: GuideKind;
  readonly name: string;
  readonly category: string | null;
  readonly department: string;
  readonly regionCode: string | null;
  readonly regionName: string;
  readonly mode: CrossProvinceMode | null;
  readonly validUntil: string | null;
  readonly demo: boolean;
}

/** Facts shared by many guides: one shape holds them all. */
type Shape = Pick<StoredDocument, 'kind' | 'category' | 'department' | 'regionCode' | 'regionName' | 'mode' | 'demo'>;

interface ShapePool {
  put(shape: Shape): number;
  get(index: number): Shape;
}

const createShapePool = (): ShapePool => {
  const keys = createPool<string>();
  const shapes: Shape[] = [];
  const none: Shape = { kind: 'GUIDE', category: null, department: '', regionCode: null, regionName: '', mode: null, demo: false };
  return {
    put: (shape) => {
      const index = keys.put(JSON.stringify(shape));
      shapes[index] ??= shape;
      return index;
    },
    get: (index) => shapes[index] ?? none,
  };
};

export interface Segment {
  readonly postings: Postings;
  readonly size: number;
  isLive(local: number, day: number): boolean;
  kindOf(local: number): GuideKind;
  nameOf(local: number): number;
  placeOf(local: number): number;
  document(local: number): StoredDocument;
}

interface OpenSegment extends Segment {
  add(document: SearchDocument): number;
  remove(local: number): void;
  close(): void;
}

export interface Pools {
  readonly names: Pool<string>;
  /** `code|name` of the place a guide is for. */
  readonly places: Pool<string>;
}

interface Columns {
  readonly name: ArrayLike<number>;
  readonly place: ArrayLike<number>;
  readonly shape: ArrayLike<number>;
  readonly item: ArrayLike<number>;
  readonly version: ArrayLike<number>;
  readonly from: ArrayLike<number>;
  readonly until: ArrayLike<number>;
}

const packed = ({ name, place, shape, item, version, from, until }: Columns): Columns => ({
  name: Int32Array.from(name),
  place: Int32Array.from(place),
  shape: Int32Array.from(shape),
  item: Int32Array.from(item),
  version: Int32Array.from(version),
  from: Int32Array.from(from),
  until: Int32Array.from(until),
});

const createSegment = (pools: Pools, shapes: ShapePool, items: Pool<string | null>): OpenSegment => {
  let postings: Postings & Partial<PostingsWriter> = createPostingsWriter();
  const ids: string[] = [];
  const externalIds: (string | null)[] = [];
  const growing = {
    name: [] as number[],
    place: [] as number[],
    shape: [] as number[],
    item: [] as number[],
    version: [] as number[],
    from: [] as number[],
    until: [] as number[],
  };
  let columns: Columns = growing;
  const removed = new Set<number>();
  const shapeOf = (local: number): Shape => shapes.get(columns.shape[local] ?? 0);
  return {
    get postings() {
      return postings;
    },
    get size() {
      return ids.length;
    },
    add: (document) => {
      const local = ids.push(document.id) - 1;
      externalIds.push(document.externalId);
      const { kind, category, department, regionCode, regionName, mode, demo } = document;
      growing.name.push(pools.names.put(document.name));
      growing.place.push(pools.places.put(`${regionCode ?? ''}|${regionName}`));
      growing.shape.push(shapes.put({ kind, category, department, regionCode, regionName, mode, demo }));
      growing.item.push(items.put(document.itemId));
      growing.version.push(document.version);
      growing.from.push(dayNumber(document.validFrom));
      growing.until.push(dayNumber(document.validUntil));
      for (const [term, impact] of weighTerms(document)) postings.add?.(local, term, impact);
      return local;
    },
    remove: (local) => removed.add(local),
    close: () => {
      postings = postings.freeze?.() ?? postings;
      columns = packed(columns);
      for (const column of Object.values(growing)) column.length = 0;
    },
    kindOf: (local) => shapeOf(local).kind,
    isLive: (local, day) => (removed.size === 0 || !removed.has(local)) && (columns.from[local] ?? 0) <= day && day <= (columns.until[local] ?? 0),
    nameOf: (local) => columns.name[local] ?? 0,
    placeOf: (local) => columns.place[local] ?? 0,
    document: (local) => ({
      id: ids[local] ?? '',
      externalId: externalIds[local] ?? null,
      itemId: items.get(columns.item[local] ?? 0) ?? null,
      version: columns.version[local] ?? 0,
      name: pools.names.get(columns.name[local] ?? 0) ?? '',
      validUntil: dayText(columns.until[local] ?? 0),
      ...shapeOf(local),
    }),
  };
};

export interface DocumentStore {
  put(document: SearchDocument): void;
  remove(id: string): void;
  /** Packs what is still growing; worth it after a bulk load. */
  settle(): void;
  readonly segments: readonly Segment[];
  readonly pools: Pools;
  readonly size: number;
}

export const createDocumentStore = (onNewName: (folded: string) => void): DocumentStore => {
  const pools: Pools = { names: createPool(), places: createPool() };
  const shapes = createShapePool();
  const items = createPool<string | null>();
  const segments: OpenSegment[] = [];
  const whereabouts = new Map<string, number>();
  const open = (): OpenSegment => {
    const last = segments.at(-1);
    if (last !== undefined && last.size < segmentCapacity && 'add' in last.postings) return last;
    last?.close();
    const next = createSegment(pools, shapes, items);
    segments.push(next);
    return next;
  };
  const remove = (id: string): void => {
    const at = whereabouts.get(id);
    if (at === undefined) return;
    segments[Math.floor(at / segmentCapacity)]?.remove(at % segmentCapacity);
    whereabouts.delete(id);
  };
  return {
    put: (document) => {
      remove(document.id);
      const known = pools.names.size;
      const segment = open();
      const local = segment.add(document);
      whereabouts.set(document.id, segments.indexOf(segment) * segmentCapacity + local);
      if (pools.names.size > known) onNewName(foldText(document.name));
    },
    remove,
    settle: () => segments.at(-1)?.close(),
    segments,
    pools,
    get size() {
      return whereabouts.size;
    },
  };
};
