import type { Page } from 'playwright-core';
import type { Stage } from './support';

export const name = '工单派出、签收、办理、审核、回访到办结，各窗口互相看见';

interface Receipt {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly version: number;
}

interface TicketAnswer {
  readonly state: string;
  readonly subOrders: readonly { readonly id: string }[];
}

const read = async <T>(page: Page, path: string): Promise<T> => (await (await page.context().request.get(`/api/v1${path}`)).json()) as T;

const post = async (
  page: Page,
  path: string,
  given: { readonly baseUrl: string; readonly data: unknown; readonly headers: Readonly<Record<string, string>> },
): Promise<Receipt> => {
  const { csrfToken } = await read<{ csrfToken: string }>(page, '/session');
  const answer = await page
    .context()
    .request.post(`/api/v1${path}`, { headers: { Origin: given.baseUrl, 'X-CSRF-Token': csrfToken, ...given.headers }, data: given.data });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Receipt;
};

/** What an agent takes down on the telephone and accepts. */
const register = async (page: Page, baseUrl: string): Promise<Receipt> => {
  const created = await post(page, '/tickets', {
    baseUrl,
    headers: { 'Idempotency-Key': `journey-${Date.now()}` },
    data: {
      type: 'HELP',
      source: 'PHONE',
      title: '晨曦路路灯整条不亮',
      content: '晨曦路从东湖大道到湖滨街的路灯已经三天不亮，夜里有人摔倒。',
      name: '王小明',
      phone: '13812345678',
      isAnonymous: false,
      regionCode: '930102',
      address: '晨曦路 18 号附近',
      urgency: 'NORMAL',
      categoryCode: '010203',
      isSecret: false,
      needReply: true,
    },
  });
  return post(page, `/tickets/${created.id}/moves/accept`, { baseUrl, headers: { 'If-Match': `"${created.version}"` }, data: {} });
};

const dispatch = async (desk: Page): Promise<void> => {
  const unit = desk.getByRole('combobox', { name: '主办单位' });
  await unit.fill('城市管理');
  await desk.getByRole('option', { name: /澜州市城市管理局/ }).click();
  await desk.getByRole('button', { name: /确认派单/ }).click();
  await desk
    .getByText(/已派单/)
    .first()
    .waitFor();
};

const answer = async (desk: Page): Promise<void> => {
  await desk.getByRole('button', { name: '提交办理结果' }).click();
  const form = desk.getByRole('form', { name: '提交办理结果' });
  await form.getByRole('radiogroup', { name: '是否属实' }).getByText('是', { exact: true }).click();
  await form.getByRole('radiogroup', { name: '是否联系诉求人' }).getByText('否', { exact: true }).click();
  await form.getByLabel('办理情况').fill('配电箱进水跳闸，已更换断路器，整条路灯恢复。');
  await form.getByRole('radiogroup', { name: '是否解决' }).getByText('是', { exact: true }).click();
  await form.getByLabel('公开答复内容').fill('您好，晨曦路路灯已修复，夜间照明恢复正常。');
  await form.getByRole('button', { name: /确定提交办理结果/ }).click();
  await desk.getByText(/已提交办理结果/).waitFor();
};

const approve = async (desk: Page): Promise<void> => {
  await desk.getByRole('button', { name: '审核通过，转回访' }).click();
  await desk.getByLabel('意见').fill('答复与诉求相符。');
  await desk.getByRole('button', { name: /确定审核通过/ }).click();
  await desk.getByText(/已审核通过/).waitFor();
};

const callBack = async (desk: Page): Promise<void> => {
  const form = desk.getByRole('form', { name: '登记这次回访' });
  await form.getByText('接通并明确答复', { exact: true }).click();
  await form.getByRole('radiogroup', { name: '是否解决' }).getByText('是', { exact: true }).click();
  await form.getByRole('radiogroup', { name: '满意度' }).getByText('满意', { exact: true }).click();
  await form.getByRole('button', { name: '登记这次回访' }).click();
  await desk.getByRole('button', { name: '回访办结' }).click();
  await desk.getByRole('button', { name: '确定回访办结' }).click();
  await desk.getByText(/已回访办结/).waitFor();
};

export const run = async (stage: Stage): Promise<void> => {
  const { eventually, expect } = stage;
  const agent = await stage.signIn('agent1', '/console');
  const dispatcher = await stage.signIn('dispatcher1', '/dispatch');
  const handler = await stage.signIn('handler.urban', '/desk/orders');
  await handler.getByRole('tab', { name: '待签收' }).click();

  const ticket = await register(agent, stage.baseUrl);
  expect(ticket.state).toBe('PENDING_DISPATCH');
  await dispatcher.goto(`/dispatch/${ticket.id}`);
  await dispatcher.getByText('晨曦路从东湖大道到湖滨街').waitFor();
  await stage.checkAccessibility(dispatcher, '/dispatch');
  await stage.screenshot(dispatcher, 'dispatch');
  await dispatch(dispatcher);

  const { subOrders } = await read<TicketAnswer>(dispatcher, `/tickets/${ticket.id}`);
  const [order] = subOrders;
  if (order === undefined) throw new Error('the dispatch made no sub-order');
  // The unit's open window shows what the dispatcher has just sent.
  await handler.locator(`[data-row="${order.id}"] button`).first().click({ timeout: 10_000 });
  await handler.getByText('晨曦路从东湖大道到湖滨街').waitFor();
  await handler.getByRole('button', { name: '签收', exact: true }).click();
  await handler.getByText(/已签收/).waitFor();
  await stage.checkAccessibility(handler, '/desk/orders');

  const reviewer = await stage.signIn('reviewer1', `/review/${ticket.id}`);
  await reviewer.getByText('办理中', { exact: true }).first().waitFor();
  await answer(handler);
  // The reviewer's window, open since before, has the result.
  await reviewer.getByText('已更换断路器').first().waitFor({ timeout: 5_000 });
  await stage.checkAccessibility(reviewer, '/review');
  await approve(reviewer);

  const caller = await stage.signIn('callback1', `/callback/${ticket.id}`);
  await caller.getByText('回访怎么说').waitFor();
  await callBack(caller);
  const closed = await eventually(
    () => read<TicketAnswer>(agent, `/tickets/${ticket.id}`),
    (now) => now.state === 'CLOSED',
  );
  expect(closed.state).toBe('CLOSED');
};
