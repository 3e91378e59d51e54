import type { PublicInquiryBody } from '#contracts/api/public-tickets';
import { type Actor, type CitizenActor, invalid } from '#kernel';
import type { Registered } from './register-ticket';
import { createRegisterTicket } from './register-ticket';
import type { TicketTools } from './tools';

const longestTitle = 30;

/** The first sentence, when the citizen gave no title. */
const titleOf = (content: string): string => {
  const [first = ''] = content.split(/[\n。！？!?]/);
  const signs = [...first.trim()];
  return signs.length <= longestTitle ? signs.join('') : `${signs.slice(0, longestTitle).join('')}…`;
};

/** The web form: no account, one answer with the code that opens the progress page (rules §3.5, security A-3). */
export const createSubmitInquiry = (tools: TicketTools) => {
  const register = createRegisterTicket(tools);
  return async (body: PublicInquiryBody, from: { readonly actor: Actor; readonly address: string }): Promise<Registered> => {
    if (body.phone === undefined && !body.isAnonymous) {
      throw invalid('请留下联系电话，或选择匿名。', [{ path: '/phone', code: 'required', message: '请留下联系电话，或选择匿名' }]);
    }
    const citizen: CitizenActor = from.actor.kind === 'citizen' ? from.actor : { kind: 'citizen', id: 'anonymous', address: from.address };
    const isSecret = body.type === 'REPORT' ? (body.isSecret ?? true) : body.isSecret;
    return register({ ...body, title: body.title ?? titleOf(body.content), isSecret }, citizen);
  };
};
