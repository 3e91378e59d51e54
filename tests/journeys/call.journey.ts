import type { Stage } from './support';

export const name = '来电变工单：群众在网页上呼叫，坐席台响铃、接听、查指南，挂断留下草稿';

/** The real pages on both sides: what the README's tour tells a newcomer to do. */
export const run = async (stage: Stage): Promise<void> => {
  const { expect } = stage;
  const agent = await stage.signIn('agent2', '/console', { toneHertz: 440 });
  await agent
    .getByRole('button', { name: /签出|离线|示忙/ })
    .first()
    .click();
  await agent.getByText('示闲').first().click();
  await agent
    .getByRole('button', { name: /就绪|示闲/ })
    .first()
    .waitFor();

  const citizen = await stage.visit('/', { toneHertz: 880 });
  await citizen.getByText('网页通话').first().click();
  await citizen.locator('input[type=tel]').first().fill('13900004321');
  for (const box of await citizen.locator('input[type=checkbox]').all()) await box.check();
  await citizen
    .getByRole('button', { name: /呼叫|开始|拨打|通话/ })
    .last()
    .click();

  await agent.getByText('139****4321').first().waitFor();
  await agent.keyboard.press('F2');
  await citizen.getByText('正在通话').first().waitFor();
  await agent
    .getByText(/^工单 \d{14}/)
    .first()
    .waitFor();

  await agent.keyboard.press('/');
  await agent.keyboard.type('我在澜州买房，怎么提安渡的公积金');
  await agent.getByText('购房提取住房公积金').first().waitFor();
  await agent
    .getByText(/两地 \d+ 处不同/)
    .first()
    .waitFor();
  await stage.checkAccessibility(agent, 'console in a call');

  await citizen.getByRole('button', { name: '挂断' }).first().click();
  await agent.getByText('话后整理').first().waitFor();
  await agent.getByText('登记中').first().waitFor();
  const drafts = (await (await agent.request.get(`${stage.baseUrl}/api/v1/tickets?state=DRAFT&mine=true`)).json()) as {
    items: { source: string; state: string }[];
  };
  expect(drafts.items.some((ticket) => ticket.source === 'PHONE')).toBe(true);
};
