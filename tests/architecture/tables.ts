import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { root, sourcesIn } from './sources';

type Up = (query: unknown) => Promise<void>;

/** A query interface that makes nothing and remembers the names of the tables that it was asked to make. */
const createRecorder = () => {
  const tables: string[] = [];
  const query: unknown = new Proxy(
    {},
    {
      get: (_target, method) => {
        if (method === 'then') return undefined;
        if (method === 'createTable') return async (name: string) => void tables.push(name);
        if (method === 'showAllTables' || method === 'showIndex') return async () => [];
        if (method === 'rawSelect') return async () => null;
        if (method === 'describeTable') return async () => ({});
        if (method === 'sequelize') return { query: async () => [[], []], getDialect: () => 'sqlite' };
        return async () => undefined;
      },
    },
  );
  return { tables, query };
};

/** `0003-calendar` makes the tables of services/calendar, and so on for every migration; owner → tables. */
export const tablesByOwner = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const owners = new Map<string, readonly string[]>();
  for (const { path } of sourcesIn(['migrations'], /\.ts$/)) {
    const name = basename(path, '.ts').replace(/^\d{4}-/, '');
    const owner = name === 'knowledge' ? 'knowledge-base' : name;
    const { tables, query } = createRecorder();
    await (createRequire(__filename)(join(root, path)) as { up: Up }).up(query);
    owners.set(owner, [...(owners.get(owner) ?? []), ...tables]);
  }
  return owners;
};

/** `services/tickets/store/x.ts` belongs to tickets; what is not in a module belongs to the place itself. */
export const ownerOf = (path: string): string => /^services\/([^/]+)\//.exec(path)?.[1] ?? path.split('/')[0] ?? '';

/** Where a text names a table: in SQL, as a model, as the target of an insert, or as a side table. */
export const tablesNamedIn = (text: string, known: readonly string[]): readonly string[] => {
  const places = [
    /\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+["`]?([a-z_]+)["`]?/g,
    /\.define\(\s*'([a-z_]+)'/g,
    /\binsertRows\([^,]+,\s*'([a-z_]+)'/g,
    /\btable:\s*'([a-z_]+)'/g,
  ];
  const named = places.flatMap((place) => [...text.matchAll(place)].map((match) => match[1] ?? ''));
  return [...new Set(named)].filter((name) => known.includes(name));
};
