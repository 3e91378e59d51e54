import type { Page } from 'playwright-core';
import type { Stage } from './support';

export const name = '网上咨询：市民发起，坐席接入，断网重连不丢话，一键转工单，凭回执码查进度';

const phone = '13800001234';
const matter = `路灯坏了三天（${Math.random().toString(36).slice(2, 7)}）`;

/** Lines of people, as each screen shows them, top to bottom. */
const linesOf = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();

const citizenBegins = async ({ visit, checkAccessibility }: Stage): Promise<Page> => {
  const citizen = await visit('/#/ask', { viewport: { width: 360, height: 740 } });
  await citizen.getByLabel(/^您的问题/).fill(matter);
  await citizen.getByRole('button', { name: '开始' }).click();
  await citizen.getByText(/您排第 \d+ 位/).waitFor();
  await checkAccessibility(citizen, 'chat while waiting');
  await citizen.getByLabel('手机或固话').fill(phone);
  await citizen.getByRole('button', { name: '留下电话' }).click();
  await citizen.getByText('联系电话已留下').waitFor();
  // A refresh keeps the place and the words.
  await citizen.reload();
  await citizen.getByText(matter).waitFor();
  await citizen.getByText(/您排第 \d+ 位/).waitFor();
  return citizen;
};

const agentTakes = async ({ signIn, eventually }: Stage, citizen: Page): Promise<Page> => {
  const agent = await signIn('agent1', '/console');
  await agent.getByText(matter).first().click();
  await agent.getByRole('button', { name: '接入会话' }).click();
  await citizen.getByText('人工坐席正在和您对话').waitFor();
  await agent.getByLabel('回复').fill('您好，请问是哪个小区？');
  const sentAt = Date.now();
  await agent.getByLabel('回复').press('Enter');
  await citizen.locator('.is-theirs').getByText('请问是哪个小区').waitFor();
  if (Date.now() - sentAt > 2_000) throw new Error(`a line took ${Date.now() - sentAt} ms to the other screen`);
  await citizen.getByLabel('写给坐席').pressSequentially('是');
  await eventually(
    () => agent.getByText('对方正在输入').count(),
    (count) => count > 0,
  );
  return agent;
};

/** Both write while the citizen's line is cut; afterwards both screens tell the same story, every line once. */
const lineIsCut = async ({ eventually, expect }: Stage, citizen: Page, agent: Page): Promise<void> => {
  await citizen.context().setOffline(true);
  await citizen.getByLabel('写给坐席').fill('幸福里小区东门');
  await citizen.getByLabel('写给坐席').press('Enter');
  await citizen.getByText('等待发送，连上后自动发出').waitFor();
  await agent.getByLabel('回复').fill('我先帮您登记。');
  await agent.getByLabel('回复').press('Enter');
  await citizen.context().setOffline(false);
  await citizen.locator('.is-theirs').getByText('我先帮您登记').waitFor({ timeout: 30_000 });
  await agent.locator('.chat-body').getByText('幸福里小区东门').waitFor({ timeout: 30_000 });
  await eventually(
    () => citizen.locator('.is-pending').count(),
    (count) => count === 0,
  );
  const atAgent = await linesOf(agent, '.chat-body');
  const atCitizen = await linesOf(citizen, '.line-body, .is-notice');
  expect(atCitizen.map((line) => line.trim())).toEqual(atAgent.map((line) => line.trim()));
  expect(atAgent.filter((line) => line.includes('幸福里小区东门'))).toHaveLength(1);
};

export const run = async (stage: Stage): Promise<void> => {
  const { checkAccessibility, screenshot } = stage;
  const citizen = await citizenBegins(stage);
  const agent = await agentTakes(stage, citizen);
  await lineIsCut(stage, citizen, agent);

  await agent.getByRole('button', { name: '转工单', exact: true }).click();
  await citizen.getByText('已为您登记').waitFor();
  const receiptCode = (await citizen.locator('.is-ticket strong').innerText()).trim();
  await screenshot(citizen, 'chat-ticket-citizen');
  await screenshot(agent, 'chat-ticket-agent');
  await checkAccessibility(citizen, 'chat with ticket');

  await citizen.goto('/progress');
  await citizen.getByLabel(/^回执码/).fill(receiptCode.toLowerCase().replaceAll('-', ' '));
  await citizen.getByLabel(/^电话后四位/).fill(phone.slice(-4));
  await citizen.getByRole('button', { name: '查进度' }).click();
  await citizen.getByRole('heading', { name: matter }).waitFor();
  await citizen.getByText('谁看过我的信息').waitFor();
  await checkAccessibility(citizen, 'progress');
};
