import { progressQuery, publicInquiryBody, publicInquiryReceipt, ticketProgress } from '#contracts/api/public-tickets';
import { toShanghaiIso } from '#kernel';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '市民';

/** The citizen's side, without an account. */
export const publicTicketEndpoints = ({ tickets }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'public.inquire',
    method: 'post',
    path: '/public/inquiries',
    tag,
    summary: '网上提交诉求，得到工单编号和回执码',
    access: 'public',
    idempotent: true,
    request: { body: publicInquiryBody },
    answers: { 201: publicInquiryReceipt },
    handle: async ({ body, actor, address }) => {
      const { ticket, receiptCode } = await tickets.submitInquiry(body, { actor, address });
      return { status: 201, body: { number: ticket.number, receiptCode, acceptBy: ticket.clockDueAt === null ? null : toShanghaiIso(ticket.clockDueAt) } };
    },
    replay: async (ref) => {
      const receipt = await tickets.receiptAgain(ref);
      return { status: 201, body: { number: receipt.number, receiptCode: receipt.receiptCode, acceptBy: null } };
    },
  }),
  defineEndpoint({
    id: 'public.progress',
    method: 'get',
    path: '/public/progress',
    tag,
    summary: '凭回执码和手机号后四位查进度；输错五次锁一小时',
    access: 'public',
    request: { query: progressQuery },
    answers: { 200: ticketProgress },
    handle: async ({ query }) => ({ status: 200, body: await tickets.byReceipt(query.code, query.last4) }),
  }),
];
