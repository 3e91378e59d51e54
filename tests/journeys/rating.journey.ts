import type { Page } from 'playwright-core';
import type { Stage } from './support';

export const name = '差评入库到办结：核实、整改、佐证、回复、审核、回访，台账 100%';

/** 澜州市民政局 of the demonstration province: its fortnight has no bad rating, so its ledger holds this one alone. */
const unit = { id: 'org-lz-civil', deptCode: '11930100MB2000071M', areaCode: '930100' };

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const shanghai = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

interface Receipt {
  readonly rectificationId: string;
}

interface Detail {
  readonly state: string;
  readonly rectifyDueAt: string;
}

interface Closure {
  readonly figures: { readonly closed: number; readonly shouldRectify: number };
  readonly rates: { readonly rectificationRate: { readonly percent: number | null } };
}

const read = async <T>(page: Page, path: string): Promise<T> => (await (await page.context().request.get(`/api/v1${path}`)).json()) as T;

const postRating = async (page: Page, baseUrl: string): Promise<Receipt> => {
  const { csrfToken } = await read<{ csrfToken: string }>(page, '/session');
  const now = Date.now();
  const answer = await page.context().request.post('/api/v1/ratings', {
    headers: { Origin: baseUrl, 'X-CSRF-Token': csrfToken },
    data: {
      codeSystem: 'PLATFORM',
      sourceSystem: 'journey',
      projectNo: `JR${now}`,
      serviceNumber: 1,
      assessNumber: 1,
      satisfaction: 1,
      channel: 4,
      assessTime: shanghai(now - 3_600_000),
      taskCode: '0120140010',
      taskName: '婚姻登记预约',
      deptCode: unit.deptCode,
      areaCode: unit.areaCode,
      proStatus: 3,
      caseType: 2,
      acceptDate: shanghai(now - 7_200_000),
      evalDetail: '109',
      writingEvaluation: '指南上写的是身份证就行，到窗口又要户口本原件。',
      userName: '王小明',
      mobile: '13812345678',
      certNo: '110101199001011234',
      windowName: '3 号窗口',
    },
  });
  if (answer.status() !== 201) throw new Error(`rating: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Receipt;
};

const choose = (page: Page, group: string, option: string): Promise<void> =>
  page.getByRole('radiogroup', { name: group, exact: true }).getByText(option, { exact: true }).click();

const verify = async (desk: Page): Promise<void> => {
  await desk.getByRole('button', { name: '登记联系' }).last().click();
  const contact = desk.getByRole('form', { name: '登记联系' });
  await contact.getByText('联系上', { exact: true }).click();
  await contact.getByLabel('记录').fill('评价人说明了当天窗口多要材料的经过。');
  await contact.getByRole('button', { name: '登记联系' }).click();
  await contact.waitFor({ state: 'detached' });
  await choose(desk, '是否属实', '是');
  await choose(desk, '是否合理', '是');
  // What cannot be chosen says why.
  await desk.getByText('已核实属实且合理，不得选').waitFor();
  await desk.getByText('立行立改', { exact: true }).click();
  await desk.getByLabel('核实意见').fill('经核实，窗口沿用旧告知牌，评价属实。');
  await desk.getByRole('button', { name: '提交核实' }).click();
  await desk.getByText('已提交核实').waitFor();
};

const rectify = async (desk: Page): Promise<void> => {
  await desk.getByLabel('整改措施').fill('撤下旧告知牌，张贴一次性告知单，对当班人员补训。');
  const finished = desk.getByRole('combobox', { name: '完成时间' });
  await finished.fill(
    shanghai(Date.now() - 60_000)
      .slice(0, 16)
      .replace('T', ' '),
  );
  await finished.press('Enter');
  await desk.getByLabel('给评价人的回复').fill('您好：您反映的情况属实，窗口已停收户口本原件，您持身份证即可办理。');
  await desk.locator('input[type=file]').first().setInputFiles({ name: '整改后照片.png', mimeType: 'image/png', buffer: png });
  await desk.getByRole('link', { name: /整改后照片/ }).waitFor();
  await desk.getByRole('button', { name: '提交审核' }).click();
  await desk.getByText('已提交审核').waitFor();
};

const approve = async (desk: Page): Promise<void> => {
  await desk.getByRole('button', { name: '审核通过', exact: true }).click();
  await desk.getByLabel('意见').fill('佐证与答复齐全，同意。');
  await desk.getByRole('button', { name: '确定审核通过' }).click();
  await desk.getByText('已审核通过').waitFor();
};

const callBack = async (desk: Page): Promise<void> => {
  const form = desk.getByRole('form', { name: '登记这次回访' });
  await form.getByText('接通且认可', { exact: true }).click();
  await form.getByLabel('记录').fill('评价人表示已按身份证办好，认可处理结果。');
  await form.getByRole('button', { name: '登记这次回访' }).click();
  await desk.getByRole('button', { name: '回访办结' }).click();
  await desk.getByRole('button', { name: '确定回访办结' }).click();
  await desk.getByText('已回访办结').waitFor();
};

export const run = async (stage: Stage): Promise<void> => {
  const { expect, eventually } = stage;
  const supervisor = await stage.signIn('supervisor1', '/supervise');
  const handler = await stage.signIn('handler.civil', '/desk');
  await handler.getByRole('heading', { name: '今日必办' }).first().waitFor();

  const { rectificationId } = await postRating(supervisor, stage.baseUrl);
  // The department's open window shows it without anybody asking.
  await handler.locator(`[data-row="${rectificationId}"]`).waitFor({ timeout: 5_000 });
  await handler.locator(`[data-row="${rectificationId}"] button`).first().click();
  await handler.getByText('指南上写的是身份证就行').waitFor();
  await stage.checkAccessibility(handler, '/desk');

  await verify(handler);
  await rectify(handler);
  await handler.locator(`[data-row="${rectificationId}"] button`).first().click();
  await handler.getByText('待审核 · 第 1 轮').waitFor();
  await stage.screenshot(handler, 'desk');

  await supervisor.goto(`/supervise/${rectificationId}`);
  await supervisor.getByText('撤下旧告知牌').first().waitFor();
  await stage.checkAccessibility(supervisor, '/supervise');
  await approve(supervisor);
  // And what the supervisor decides is seen at the department.
  await handler.getByText('待回访 · 第 1 轮').waitFor({ timeout: 5_000 });

  const caller = await stage.signIn('callback1', `/callback/${rectificationId}?kind=cases`);
  await caller.getByText('回访怎么说').waitFor();
  await stage.checkAccessibility(caller, '/callback');
  await callBack(caller);

  const detail = await eventually(
    () => read<Detail>(supervisor, `/rectifications/${rectificationId}`),
    (now) => now.state === 'CLOSED',
  );
  // The unit's ledger of the period in which it falls due holds it as done: 100%, with its parts.
  const day = (offset: number): string => shanghai(Date.parse(detail.rectifyDueAt) + offset * 86_400_000).slice(0, 10);
  const ledger = await read<Closure>(supervisor, `/reports/closure?from=${day(-20)}&to=${day(20)}&org=${unit.id}`);
  expect(ledger.figures.closed).toBeGreaterThan(0);
  expect(ledger.figures.closed).toBe(ledger.figures.shouldRectify);
  expect(ledger.rates.rectificationRate.percent).toBe(100);

  const approver = await stage.signIn('approver.civil', '/manage');
  await approver.getByRole('table').waitFor();
  await stage.checkAccessibility(approver, '/manage');
  await stage.screenshot(approver, 'manage');
};
