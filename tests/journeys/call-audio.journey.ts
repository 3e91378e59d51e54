import type { Page } from 'playwright-core';
import { openSoftphonePage } from './softphone-page';
import type { Stage } from './support';

export const name = '网络电话：两个浏览器互相听得见，保持、刷新、坐席掉线都接得上，挂断留下草稿';

const citizenHertz = 880;
const agentHertz = 1310;
const secondAgentHertz = 1730;

interface Seat {
  readonly state: string;
  readonly call: { readonly id: string; readonly state: string; readonly ticketId: string | null } | null;
}

const inPage = <T>(page: Page, expression: string): Promise<T> => page.evaluate<T>(expression);
const near = (hertz: number, wanted: number): boolean => Math.abs(hertz - wanted) <= 12;

/** What a signed-in page may ask of the API. */
const apiOf = (page: Page, baseUrl: string) => {
  const csrf = async (): Promise<string> => ((await (await page.request.get(`${baseUrl}/api/v1/session`)).json()) as { csrfToken: string }).csrfToken;
  return {
    get: async <T>(path: string): Promise<T> => (await (await page.request.get(`${baseUrl}/api/v1${path}`)).json()) as T,
    post: async <T>(path: string, data: object = {}): Promise<T> => {
      const answer = await page.request.post(`${baseUrl}/api/v1${path}`, { data, headers: { Origin: baseUrl, 'X-CSRF-Token': await csrf() } });
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
};

const hears = (stage: Stage, page: Page, wanted: (heard: { hertz: number; level: number }) => boolean) =>
  stage.eventually(() => inPage<{ hertz: number; level: number }>(page, 'window.peak(window.phone, 700)'), wanted, 15_000);
const isIn = (stage: Stage, page: Page, ...states: readonly string[]) =>
  stage.eventually(
    () => inPage<string>(page, 'window.phone.state'),
    (state) => states.includes(state),
    20_000,
  );

/** Signs in, checks the device and is READY. */
const takeSeat = async (stage: Stage, loginName: string, toneHertz: number) => {
  const page = await stage.signIn(loginName, '/', { toneHertz });
  await openSoftphonePage(page, { baseUrl: stage.baseUrl, side: 'agent' });
  await isIn(stage, page, 'idle');
  await inPage(page, 'window.phone.checkDevices()');
  const api = apiOf(page, stage.baseUrl);
  await api.post('/agent/state', { state: 'READY' });
  const ringing = () =>
    stage.eventually(
      () => api.get<Seat>('/agent/session'),
      (seat) => seat.state === 'RINGING',
      20_000,
    );
  const accept = async (): Promise<string> => {
    const { call } = await ringing();
    await api.post(`/calls/${call?.id}/accept`);
    return call?.id ?? '';
  };
  return { page, api, accept };
};

const startCall = async (stage: Stage): Promise<Page> => {
  const page = await stage.visit('/', { toneHertz: citizenHertz });
  await openSoftphonePage(page, { baseUrl: stage.baseUrl, side: 'citizen' });
  await inPage(page, "window.phone.call({ phone: '13800138000', consent: true })");
  await isIn(stage, page, 'waiting', 'talking');
  return page;
};

export const run = async (stage: Stage): Promise<void> => {
  const { expect } = stage;
  const agent = await takeSeat(stage, 'agent1', agentHertz);
  const citizen = await startCall(stage);
  const callId = await agent.accept();

  const accepted = Date.now();
  await isIn(stage, citizen, 'talking');
  await isIn(stage, agent.page, 'talking');
  expect(Date.now() - accepted).toBeLessThan(8_000);
  await hears(stage, citizen, ({ hertz, level }) => near(hertz, agentHertz) && level > 60);
  await hears(stage, agent.page, ({ hertz, level }) => near(hertz, citizenHertz) && level > 60);

  // Hold: music instead of the agent's voice, and back.
  await agent.api.post(`/calls/${callId}/hold`);
  await isIn(stage, citizen, 'held');
  await hears(stage, citizen, ({ hertz, level }) => !near(hertz, agentHertz) && level > 30);
  await agent.api.post(`/calls/${callId}/unhold`);
  await hears(stage, citizen, ({ hertz, level }) => near(hertz, agentHertz) && level > 60);

  // A reload on either side continues the same call.
  await agent.page.reload();
  await isIn(stage, agent.page, 'talking');
  await hears(stage, agent.page, ({ hertz, level }) => near(hertz, citizenHertz) && level > 60);
  await citizen.reload();
  expect(await inPage(citizen, 'window.resumed')).toBe(true);
  await isIn(stage, citizen, 'talking');
  await hears(stage, citizen, ({ hertz, level }) => near(hertz, agentHertz) && level > 60);
  await hears(stage, agent.page, ({ hertz, level }) => near(hertz, citizenHertz) && level > 60);

  // The agent's browser dies: an apology, and the next agent has the caller and the same draft.
  const { ticketId } = await stage.eventually(
    () => agent.api.get<{ ticketId: string | null }>(`/calls/${callId}`),
    (call) => call.ticketId !== null,
  );
  const next = await takeSeat(stage, 'agent2', secondAgentHertz);
  await agent.page.context().browser()?.close();
  await stage.eventually(
    () => inPage<string[]>(citizen, 'window.notices'),
    (notices) => notices.some((notice) => notice.includes('抱歉')),
    30_000,
  );
  expect(await next.accept()).toBe(callId);
  await isIn(stage, citizen, 'talking');
  await hears(stage, citizen, ({ hertz, level }) => near(hertz, secondAgentHertz) && level > 60);
  await hears(stage, next.page, ({ hertz, level }) => near(hertz, citizenHertz) && level > 60);

  // Hang-up leaves the saved draft of this call.
  await next.api.post(`/calls/${callId}/hangup`);
  await isIn(stage, citizen, 'ended');
  const seat = await next.api.get<Seat>('/agent/session');
  expect(seat).toMatchObject({ state: 'ACW', call: { id: callId, state: 'WRAP', ticketId } });
  const ticket = await next.api.get<{ id: string; state: string }>(`/tickets/${ticketId}`);
  expect(ticket).toMatchObject({ id: ticketId, state: 'DRAFT' });
  await next.api.post(`/calls/${callId}/wrap-up`, { action: 'done' });
  await next.api.post('/agent/state', { state: 'OFFLINE' });
};
