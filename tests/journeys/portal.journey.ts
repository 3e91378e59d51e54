import type { Page } from 'playwright-core';
import type { Stage } from './support';

export const name = '公众页面：各页各宽度不横滚、无障碍、长辈版；搜得到答复卡、转人工带上；反映问题得回执码，凭码查进度，输错说明原因';

const pages = ['/', '/?elder=1', '/#/ask', '/#/report', '/#/callback', '/#/call', '/?elder=1#/report', '/progress', '/progress?elder=1'] as const;
const widths = [320, 360, 1280] as const;

/** What is touched with a thumb is at least 40 px high; the actions of a page at least 48 (the look's own rule). */
const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('main .press, main .entry, main .choice, main .tile-two a')]
    .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 48)
    .map((element) => element.className + ' ' + element.textContent.trim().slice(0, 20))`);

const lookAt = async ({ visit, expect, checkAccessibility }: Stage, path: string, width: number): Promise<void> => {
  const page = await visit(path, { viewport: { width, height: 740 }, hasTouch: width < 760, isMobile: width < 760 });
  await page.locator('main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect({ path, width, overflow }).toEqual({ path, width, overflow: 0 });
  if (width < 760) expect({ path, width, small: await smallTargets(page) }).toEqual({ path, width, small: [] });
  if (width !== 320) await checkAccessibility(page, `${path} at ${width}`);
  if (path.includes('elder')) {
    const size = await page.evaluate<string>('getComputedStyle(document.body).fontSize');
    expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(18);
  }
  await page.context().close();
};

/** The answer stands before the person: what was asked and shown goes along to the agent. */
const ask = async ({ visit, screenshot, checkAccessibility, expect }: Stage): Promise<void> => {
  const page = await visit('/', { viewport: { width: 360, height: 740 } });
  const look = async (words: string): Promise<void> => {
    await page.getByRole('searchbox', { name: '问一问' }).fill(words);
    await page.getByRole('button', { name: '搜一搜' }).click();
  };
  await look('我在澜州买房，怎么提安渡的公积金');
  await page.getByRole('heading', { name: '购房提取住房公积金' }).waitFor();
  expect(await page.getByLabel('我在').inputValue()).toContain('澜州');
  expect(await page.getByLabel('事情归').inputValue()).toContain('安渡');
  await page.getByText('两地不同').first().waitFor();
  await screenshot(page, 'portal-answer');
  await checkAccessibility(page, 'answer card');
  await page.getByRole('link', { name: '转人工' }).click();
  await page.getByText('会一起带给坐席').waitFor();
  expect(await page.getByLabel(/^您的问题/).inputValue()).toContain('公积金');
  await page.goBack();
  await look('路灯坏了');
  await page.getByText('没有正好讲').waitFor();
  await page.getByRole('main').getByRole('link', { name: '反映问题' }).last().click();
  expect(await page.getByLabel(/^发生了什么/).inputValue()).toBe('路灯坏了');
};

const report = async ({ visit, screenshot, checkAccessibility }: Stage): Promise<void> => {
  const page = await visit('/#/report', { viewport: { width: 360, height: 740 } });
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByText('写几句发生了什么。').waitFor();
  await page.getByLabel(/^发生了什么/).fill('楼下烧烤店每天晚上油烟直排');
  for (const level of ['省', '市', '区县']) await page.getByLabel(level, { exact: true }).selectOption({ index: 1 });
  await page.getByLabel('手机或固话').fill('13900001234');
  // What is typed outlives a refresh.
  await page.reload();
  await page.getByRole('button', { name: '提交' }).click();
  await page.getByRole('heading', { name: '已经收到' }).waitFor();
  await checkAccessibility(page, 'receipt');
  const code = await page.locator('.code strong').innerText();
  await screenshot(page, 'portal-receipt');

  await page.goto('/progress');
  const look = async (digits: string): Promise<void> => {
    await page.getByLabel(/^回执码/).fill(code);
    await page.getByLabel(/^电话后四位/).fill(digits);
    await page.getByRole('button', { name: '查进度' }).click();
  };
  await look('9999');
  await page.getByRole('alert').waitFor();
  await look('1234');
  await page.getByRole('heading', { name: '楼下烧烤店' }).waitFor();
  await screenshot(page, 'portal-progress');
};

export const run = async (stage: Stage): Promise<void> => {
  for (const path of pages) for (const width of widths) await lookAt(stage, path, width);
  await ask(stage);
  await report(stage);
};
