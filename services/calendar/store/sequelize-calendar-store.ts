import { column, type Database, insertRows, tableOptions, toDate, type UnitOfWork } from '#platform';
import type { Arrangement, SpecialDay, SpecialKind } from '../domain/arrangement';
import type { CalendarStore, CalendarVersion, StoredArrangement } from './calendar-store';

interface VersionRow {
  readonly version: number;
  readonly year: number;
  readonly region: string;
  readonly source: string;
  readonly contentHash: string;
  readonly importedBy: string;
  readonly importedAt: number;
}

interface DayRow {
  readonly version: number;
  readonly day: string;
  readonly kind: SpecialKind;
  readonly label: string;
}

const toVersion = (row: VersionRow): CalendarVersion => ({ ...row, importedAt: toDate(row.importedAt) });

const toSpecialDay = (row: DayRow): SpecialDay => ({ date: row.day, kind: row.kind, label: row.label });

export const createSequelizeCalendarStore = (database: Database): CalendarStore => {
  const { sequelize } = database;
  const versionModel = sequelize.define(
    'calendar_version',
    {
      version: { ...column.number(), primaryKey: true },
      year: column.number(),
      region: column.code(6),
      source: column.code(200),
      contentHash: column.code(64),
      importedBy: column.ref(),
      importedAt: column.instant(),
    },
    tableOptions,
  );
  const dayModel = sequelize.define(
    'calendar_day',
    {
      version: { ...column.number(), primaryKey: true },
      day: { ...column.code(10), primaryKey: true },
      kind: column.code(10),
      label: column.code(40),
    },
    tableOptions,
  );

  const versions = async (work?: UnitOfWork): Promise<readonly CalendarVersion[]> => {
    const transaction = work === undefined ? {} : { transaction: work.transaction };
    const rows = (await versionModel.findAll({ order: ['version'], raw: true, ...transaction })) as unknown as VersionRow[];
    return rows.map(toVersion);
  };

  const arrangements = async (): Promise<readonly StoredArrangement[]> => {
    const days = (await dayModel.findAll({ order: ['version', 'day'], raw: true })) as unknown as DayRow[];
    return (await versions()).map(({ version, year, region, source }) => ({
      version,
      year,
      region,
      source,
      days: days.filter((day) => day.version === version).map(toSpecialDay),
    }));
  };

  const add = async (version: CalendarVersion, arrangement: Arrangement, work: UnitOfWork): Promise<void> => {
    const { transaction } = work;
    await insertRows(sequelize, 'calendar_version', { rows: [{ ...version, importedAt: version.importedAt.getTime() }], transaction });
    const rows = arrangement.days.map(({ date, kind, label }) => ({ version: version.version, day: date, kind, label }));
    await insertRows(sequelize, 'calendar_day', { rows, transaction });
  };

  return { versions, arrangements, add };
};
