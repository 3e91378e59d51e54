import { join } from 'node:path';
import { build } from 'vite';
import type { Page } from 'playwright-core';

const root = join(__dirname, '..', '..');
let bundle: Promise<string> | undefined;

/** The product's own softphone as one script, so that its sound is tested apart from any screen. */
const softphoneScript = (): Promise<string> =>
  (bundle ??= (async () => {
    const built = await build({
      configFile: false,
      root,
      logLevel: 'error',
      resolve: { conditions: ['source', 'module', 'browser', 'import'] },
      build: { write: false, minify: false, lib: { entry: join(root, 'client/src/shared/softphone/index.ts'), formats: ['iife'], name: 'Softphone' } },
    });
    const outputs = (Array.isArray(built) ? built : [built]) as readonly { readonly output: readonly { readonly code?: string }[] }[];
    return outputs[0]?.output[0]?.code ?? '';
  })());

/** Runs in the page: what the peak of the sound is that comes from the other side, and how loud. */
const listening = `
  window.peak = async (phone, milliseconds) => {
    const stream = phone.sound.remoteStream;
    if (stream === null) return { hertz: 0, level: 0 };
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 16384;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const bins = new Uint8Array(analyser.frequencyBinCount);
    analyser.getByteFrequencyData(bins);
    const at = bins.indexOf(Math.max(...bins));
    await context.close();
    return { hertz: Math.round((at * context.sampleRate) / analyser.fftSize), level: bins[at] };
  };`;

const agentScript = `
  window.audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  window.phone = new Softphone.AgentPhone({ openLine: () => Softphone.openAgentLine(), audio: window.audio });
  window.problems = [];
  window.phone.on('problem', (problem) => window.problems.push(problem));
  window.phone.start();`;

const citizenScript = `
  window.audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  window.ended = null;
  window.notices = [];
  window.problems = [];
  window.makePhone = () => {
    window.phone = new Softphone.CitizenPhone({
      start: async (request) => (await fetch('/api/v1/public/calls', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request) })).json(),
      openLine: (token) => Softphone.openCitizenLine(token),
      audio: window.audio,
      storage: sessionStorage,
    });
    window.phone.on('ended', (end) => { window.ended = end; });
    window.phone.on('notice', (notice) => window.notices.push(notice));
    window.phone.on('problem', (problem) => window.problems.push(problem));
  };
  window.makePhone();
  window.resumed = window.phone.resume();`;

/** A document of the product's own origin, under its own content security policy, that holds nothing but a telephone. */
export const openSoftphonePage = async (page: Page, given: { readonly baseUrl: string; readonly side: 'agent' | 'citizen' }): Promise<void> => {
  const script = `${await softphoneScript()}\n;window.Softphone = Softphone;\n${listening}\n${given.side === 'agent' ? agentScript : citizenScript}`;
  // Also after a reload; the debugger runs it, so that the policy stays as strict as it is.
  await page.addInitScript(script);
  await page.goto(`${given.baseUrl}/healthz`);
};
