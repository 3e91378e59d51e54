import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoUnits } from '#identity';
import { systemActor } from '#kernel';
import { silentLogger } from '#platform';
import { compose } from '../../server/composition';
import { readConfig } from '../../server/config';
import { prepare } from '../../server/prepare';
import { makeRating, type RatingTarget } from '../support/many-ratings';
import { type ProductProcess, startProduct } from '../support/process';
import { emptySchema } from '../support/temporary-database';

const total = Number(process.env['KILL_RATINGS'] ?? 2_000);
const perRequest = 25;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const target: RatingTarget = { deptCode: demoUnits.find((unit) => unit.id === 'org-lz-hrss')?.deptCode ?? '', areaCode: '930100' };

interface BatchAnswer {
  readonly results: readonly { readonly index: number; readonly status: string; readonly id?: string; readonly receiptCode?: string }[];
}

const databaseUrl = process.env['TEST_DATABASE_URL'];

const environment = (): Record<string, string> => ({
  DATA_DIR: folder,
  DEMO: '0',
  LOG_LEVEL: 'silent',
  ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
});

/** A new system on the same data, for looking and for making keys while the product is down. */
const withSystem = async <T>(run: (system: ReturnType<typeof compose>) => Promise<T>): Promise<T> => {
  const system = compose(readConfig({ ...environment(), DEMO: '1' }), { logger: silentLogger });
  try {
    return await run(system);
  } finally {
    await system.close();
  }
};

describe('security I-01, I-03, F-01', () => {
  test('ratings sent while the process is killed three times are there once, each bad one with one case', async () => {
    const key = await withSystem(async (system) => {
      if (databaseUrl !== undefined) await emptySchema(system.database);
      await prepare(system, { people: true });
      return (await system.identity.apiClients.create({ name: 'kill test', scopes: ['ratings:write'] }, systemActor)).key;
    });
    const acknowledged = new Map<string, string>();
    let product: ProductProcess = await startProduct(environment());
    let kills = 0;
    let revival: Promise<void> | null = null;

    const killAndRestart = async (): Promise<void> => {
      await product.kill();
      product = await startProduct(environment());
    };

    const send = async (from: number): Promise<void> => {
      const ratings = Array.from({ length: Math.min(perRequest, total - from) }, (_, index) => makeRating('kill', from + index, target).body);
      for (;;) {
        await revival;
        try {
          const answer = await fetch(`${product.url}/api/v1/ratings/batch`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
            body: JSON.stringify({ ratings }),
          });
          const { results } = (await answer.json()) as BatchAnswer;
          for (const result of results) acknowledged.set(`kill-${from + result.index}`, String(result.receiptCode));
          return;
        } catch {
          // The connection broke: the same content goes again, which must change nothing that was already stored.
        }
      }
    };

    let next = 0;
    const client = async (): Promise<void> => {
      for (;;) {
        const from = next;
        next += perRequest;
        if (from >= total) return;
        if (kills < 3 && from >= ((kills + 1) * total) / 4) {
          kills += 1;
          revival = killAndRestart();
        }
        await send(from);
      }
    };
    await Promise.all([client(), client(), client()]);
    await product.stop();

    expect(kills).toBe(3);
    expect(acknowledged.size).toBe(total);
    await withSystem(async (system) => {
      const [rows] = (await system.database.sequelize.query('SELECT projectNo, isBad, rectificationId FROM rating')) as [
        { projectNo: string; isBad: number; rectificationId: string | null }[],
        unknown,
      ];
      const [cases] = (await system.database.sequelize.query('SELECT id FROM rectification')) as [{ id: string }[], unknown];
      expect(new Set(rows.map((row) => row.projectNo))).toEqual(new Set(acknowledged.keys()));
      expect(rows).toHaveLength(total);
      const bad = rows.filter((row) => Boolean(row.isBad));
      expect(bad).toHaveLength(Array.from({ length: total }, (_, index) => makeRating('kill', index, target)).filter((made) => made.bad).length);
      expect(cases.map((row) => row.id).sort()).toEqual(bad.map((row) => String(row.rectificationId)).sort());
      const report = await system.verify();
      expect(report.findings.filter((finding) => finding.offending.length > 0)).toEqual([]);
      expect(report.chains.filter((chain) => chain.fault !== null)).toEqual([]);
    });
  }, 180_000);
});
