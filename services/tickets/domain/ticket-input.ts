import type { z } from 'zod';
import type { SubOrderAction, subOrderLifecycle } from '#contracts/lifecycles/sub-order.lifecycle';
import type { TicketAction, ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';

type Fields<Table extends { readonly fields: Readonly<Record<string, { readonly schema: z.ZodType }>> }> = {
  readonly [Name in keyof Table['fields']]?: z.output<Table['fields'][Name]['schema']> | undefined;
};

/** What a move may carry; which of it an action needs is said by the table and checked at the edge. */
export type TicketInput = Fields<typeof ticketLifecycle>;
export type SubOrderInput = Fields<typeof subOrderLifecycle>;

export interface TicketMove {
  readonly action: TicketAction;
  readonly input: TicketInput;
  /** The version that the person was looking at. */
  readonly ifMatch: number;
}

export interface SubOrderMove {
  readonly action: SubOrderAction;
  readonly input: SubOrderInput;
  readonly ifMatch: number;
}
