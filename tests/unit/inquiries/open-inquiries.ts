import { randomBytes } from 'node:crypto';
import { createInquiries, type Inquiries, type TicketDesk } from '#inquiries';
import { createPolicy } from '#identity';
import { type CitizenActor, createIds, type StaffActor } from '#kernel';
import { createFacts, type NumberedFact } from '#platform';
import type { RegisterInput } from '#tickets';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../support/temporary-database';

export interface InquiriesBench extends TemporaryDatabase {
  readonly inquiries: Inquiries;
  /** What the tickets module was asked to open. */
  readonly opened: RegisterInput[];
  facts(): Promise<readonly NumberedFact[]>;
}

export const openInquiries = async (): Promise<InquiriesBench> => {
  const temporary = await openTemporaryDatabase();
  const { database, clock, crypto } = temporary;
  const opened: RegisterInput[] = [];
  const ids = createIds(clock);
  const inquiries = createInquiries({
    database,
    clock,
    ids,
    crypto,
    policy: createPolicy(),
    tickets: {
      registerTicketIn: async (_work, input) => {
        opened.push(input);
        const ticket = { id: ids.next(), number: `20261009${String(opened.length).padStart(6, '0')}` };
        return { ticket, receiptCode: 'ABCD-EFGH-JKLM-NPQR-STUV' } as Awaited<ReturnType<TicketDesk['registerTicketIn']>>;
      },
    },
  });
  const facts = createFacts(database);
  return {
    ...temporary,
    inquiries,
    opened,
    facts: async () => {
      await facts.numberOutbox(1000);
      return facts.after(0, 1000);
    },
  };
};

export const anAgent = (id: string, roles: StaffActor['roles'] = ['AGENT']): StaffActor => ({
  kind: 'staff',
  id,
  name: `坐席${id}`,
  orgId: 'centre',
  orgPath: '/centre/',
  regionCode: '000000',
  roles,
  sessionId: `session-${id}`,
  address: '127.0.0.1',
});

export const clientMsgId = (): string => randomBytes(12).toString('base64url');

export const aStart = (body = '小区门口的路灯坏了三天了') => ({ startKey: randomBytes(16).toString('base64url'), clientMsgId: clientMsgId(), body });

export const startedAs = async (
  { inquiries }: InquiriesBench,
  body?: string,
): Promise<{ readonly id: string; readonly citizen: CitizenActor; readonly token: string }> => {
  const { conversationId, token } = await inquiries.startConversation(aStart(body), '127.0.0.1');
  return { id: conversationId, token, citizen: await inquiries.authenticateCitizen(conversationId, { token, address: '127.0.0.1' }) };
};

export const take = async ({ inquiries }: InquiriesBench, id: string, agent: StaffActor): Promise<void> => {
  const { version } = await inquiries.getConversation(id, agent);
  await inquiries.moveConversation(id, { action: 'take', input: {}, ifMatch: version }, agent);
};
