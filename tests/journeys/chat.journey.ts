import type { Stage } from './support';

export const name = '网上咨询：市民发起，坐席接入，断网重连不丢话，一键转工单，凭回执码查进度';

const phone = '13800001234';
const matter = `小区门口的路灯坏了三天了，晚上很黑（${Date.now()}）`;

export const run = async ({ visit, signIn, expect, eventually, checkAccessibility, screenshot, baseUrl }: Stage): Promise<void> => {
  const citizen = await visit('/#/ask', { viewport: { width: 360, height: 740 } });
  await citizen.getByLabel('您的问题').fill(matter);
  await citizen.getByRole('button', { name: '开始' }).click();
  await citizen.getByText(/您排第 \d+ 位/).waitFor();
  await checkAccessibility(citizen, 'chat while waiting');
  await citizen.getByLabel('手机或固话').fill(phone);
  await citizen.getByRole('button', { name: '留下电话' }).click();
  await citizen.getByText('联系电话已留下').waitFor();

  // A refresh keeps place and words.
  await citizen.reload();
  await citizen.getByText(matter).waitFor();
  await citizen.getByText(/您排第 \d+ 位/).waitFor();

  const agent = await signIn('agent1', '/console');
  const api = agent.context().request;
  const csrf = ((await (await api.get(`${baseUrl}/api/v1/session`)).json()) as { csrfToken: string }).csrfToken;
  const headers = (extra: Record<string, string> = {}) => ({ 'X-CSRF-Token': csrf, Origin: baseUrl, ...extra });
  const list = (await (await api.get(`${baseUrl}/api/v1/conversations?state=WAITING`)).json()) as {
    items: { id: string; version: number; topic: string; citizenPhone: string }[];
  };
  const waiting = list.items.find((item) => item.topic === matter);
  if (waiting === undefined) throw new Error('the agent does not see the conversation');
  expect(waiting.citizenPhone).toBe('138****1234');
  const path = `${baseUrl}/api/v1/conversations/${waiting.id}`;
  const taken = await api.post(`${path}/moves/take`, { data: {}, headers: headers({ 'If-Match': `"${waiting.version}"` }) });
  expect(taken.status()).toBe(200);
  await citizen.getByText('人工坐席正在和您对话').waitFor();

  const say = (body: string, clientMsgId: string) => api.post(`${path}/messages`, { data: { clientMsgId, body }, headers: headers() });
  await say('您好，请问是哪个小区？', 'journey-line-1');
  await citizen.getByText('请问是哪个小区').waitFor();

  // Both sides write while the citizen's line is cut; afterwards both screens hold the same story.
  await citizen.context().setOffline(true);
  await citizen.getByLabel('写给坐席').fill('幸福里小区东门');
  await citizen.getByLabel('写给坐席').press('Enter');
  await citizen.getByText('等待发送，连上后自动发出').waitFor();
  await say('我先帮您登记。', 'journey-line-2');
  await citizen.context().setOffline(false);
  await citizen.getByText('我先帮您登记').waitFor({ timeout: 30_000 });
  const lines = await eventually(
    async () => ((await (await api.get(`${path}/messages`)).json()) as { items: { seq: number; author: string; body: string }[] }).items,
    (items) => items.some((item) => item.body === '幸福里小区东门'),
    30_000,
  );
  expect(lines.filter((line) => line.body === '幸福里小区东门')).toHaveLength(1);
  expect(lines.map((line) => line.seq)).toEqual(lines.map((_, index) => index + 1));
  await eventually(
    () => citizen.locator('.is-pending').count(),
    (count) => count === 0,
  );

  const made = await api.post(`${path}/ticket`, { data: { ticketType: 'HELP' }, headers: headers({ 'Idempotency-Key': `journey-${waiting.id}` }) });
  expect(made.status()).toBe(201);
  const { ticketNo, receiptCode } = (await made.json()) as { ticketNo: string; receiptCode: string };
  await citizen.getByText(ticketNo).waitFor();
  await citizen.getByText(receiptCode, { exact: true }).waitFor();
  await screenshot(citizen, 'chat-ticket');
  await checkAccessibility(citizen, 'chat with ticket');

  await citizen.goto('/progress');
  await citizen.getByLabel(/^回执码/).fill(receiptCode.toLowerCase().replaceAll('-', ' '));
  await citizen.getByLabel(/电话后四位/).fill(phone.slice(-4));
  await citizen.getByRole('button', { name: '查进度' }).click();
  await citizen.getByText(ticketNo).first().waitFor();
  await citizen.getByText('谁看过我的信息').waitFor();
  await checkAccessibility(citizen, 'progress');
};
