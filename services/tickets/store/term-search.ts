import { QueryTypes } from 'sequelize';
import { type Database, insertRows, type UnitOfWork } from '#platform';
import { termsOf } from '../domain/terms';
import type { Ticket } from '../domain/ticket';

type Indexed = Pick<Ticket, 'id' | 'title' | 'content'>;

const wordsOf = (ticket: Indexed): readonly string[] => termsOf(`${ticket.title}\n${ticket.content}`);

export interface TermSearch {
  /** Makes a ticket findable by its words; `before` is what it was findable by until now. */
  index(ticket: Indexed, work: UnitOfWork, before?: Indexed): Promise<void>;
  /** A FROM clause and conditions that find tickets containing the typed words, through the index wherever it can. */
  matching(typed: string): Promise<TermMatch>;
  /** Tickets of the last while that share most words, best first. */
  overlapping(
    terms: readonly string[],
    given: { readonly after: string; readonly limit: number },
  ): Promise<readonly { readonly ticketId: string; readonly hits: number }[]>;
}

export interface TermMatch {
  /** The rarest term: its rows are walked newest first; null when nothing of the input is indexed. */
  readonly driver: string | null;
  /** Terms that must be there too. */
  readonly others: readonly string[];
  /** Words that title or content must contain: pairs alone do not prove that a word stands in one piece. */
  readonly pieces: readonly string[];
}

/** Enough to tell a rare term from a common one; counting further would cost what it saves. */
const countCap = 2_000;
const maxTerms = 12;

export const createTermSearch = (database: Database): TermSearch => {
  const { sequelize } = database;

  const frequencies = async (terms: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const parts = terms.map(
      (_, index) => `SELECT ${index} AS no, COUNT(*) AS hits FROM (SELECT 1 FROM ticket_term WHERE term = $${index + 1} LIMIT ${countCap}) t${index}`,
    );
    const rows = await sequelize.query<{ no: number; hits: number }>(parts.join(' UNION ALL '), { bind: [...terms], type: QueryTypes.SELECT });
    return new Map(rows.map((row) => [terms[Number(row.no)] ?? '', Number(row.hits)]));
  };

  return {
    index: async (ticket, work, before) => {
      const [wanted, known] = [new Set(wordsOf(ticket)), new Set(before === undefined ? [] : wordsOf(before))];
      const gone = [...known].filter((term) => !wanted.has(term));
      if (gone.length > 0) {
        const places = gone.map((_, index) => `$${index + 2}`).join(',');
        await sequelize.query(`DELETE FROM ticket_term WHERE ticketId = $1 AND term IN (${places})`, {
          bind: [ticket.id, ...gone],
          transaction: work.transaction,
          type: QueryTypes.RAW,
        });
      }
      const rows = [...wanted].filter((term) => !known.has(term)).map((term) => ({ term, ticketId: ticket.id }));
      await insertRows(sequelize, 'ticket_term', { rows, transaction: work.transaction });
    },
    matching: async (typed) => {
      const pieces = typed.split(/\s+/).filter((piece) => piece !== '');
      const terms = [...new Set(pieces.flatMap(termsOf))].slice(0, maxTerms);
      if (terms.length === 0) return { driver: null, others: [], pieces };
      const counts = await frequencies(terms);
      const [driver = null, ...others] = [...terms].sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
      return { driver, others, pieces };
    },
    overlapping: async (terms, { after, limit }) => {
      if (terms.length === 0) return [];
      const places = terms.map((_, index) => `$${index + 2}`).join(',');
      const rows = await sequelize.query<{ ticketId: string; hits: number }>(
        `SELECT ticketId, COUNT(*) AS hits FROM ticket_term WHERE term IN (${places}) AND ticketId > $1 GROUP BY ticketId ORDER BY hits DESC, ticketId DESC LIMIT ${Math.trunc(limit)}`,
        { bind: [after, ...terms], type: QueryTypes.SELECT },
      );
      return rows.map((row) => ({ ticketId: row.ticketId, hits: Number(row.hits) }));
    },
  };
};
