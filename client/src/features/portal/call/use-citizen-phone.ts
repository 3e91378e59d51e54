import { onBeforeUnmount, reactive, ref } from 'vue';
import type { StartedCallView } from '#contracts/api/telephony';
import { spaced } from '../../../shared/citizen/words';
import { asRefusal, http } from '../../../shared/citizen/http';
import { type CitizenEnd, CitizenPhone, type CitizenPhoneState, MicrophoneFault, openCitizenLine } from '../../../shared/softphone';

export interface CallState {
  phase: CitizenPhoneState;
  position: number | null;
  band: string | null;
  notice: string | null;
  problem: string | null;
  needsClick: boolean;
  muted: boolean;
  canAskForCallback: boolean;
  /** Seconds of the present phase. */
  seconds: number;
  end: CitizenEnd | null;
  /** A call of this tab that a reload interrupted. */
  canResume: boolean;
}

const storageKey = 'huiyin.call';

const wordsOf = (error: unknown): string => (error instanceof MicrophoneFault ? error.message : asRefusal(error).message);

/** The telephone of this page as a screen can show it. */
export const useCitizenPhone = () => {
  const state = reactive<CallState>({
    phase: 'idle',
    position: null,
    band: null,
    notice: null,
    problem: null,
    needsClick: false,
    muted: false,
    canAskForCallback: false,
    seconds: 0,
    end: null,
    canResume: sessionStorage.getItem(storageKey) !== null,
  });
  const busy = ref(false);
  const phone = new CitizenPhone({
    start: (request) => http.post<StartedCallView>('/public/calls', { body: request }),
    openLine: (token) => openCitizenLine(token),
    storage: sessionStorage,
  });
  const offs = [
    phone.on('state', (phase) => {
      state.phase = phase;
      if (phase === 'talking') Object.assign(state, { notice: null, problem: null });
    }),
    phone.on('wait', (wait) => Object.assign(state, { position: wait.position, band: spaced(wait.band) })),
    phone.on('notice', (notice) => {
      state.notice = notice === '' ? null : notice;
    }),
    phone.on('problem', ({ message }) => {
      state.problem = message;
    }),
    phone.on('needsClick', (needed) => {
      state.needsClick = needed;
    }),
    phone.on('ended', (end) => Object.assign(state, { end, muted: false, position: null, notice: null, canResume: false })),
  ];
  const ticker = setInterval(() => {
    state.seconds = Math.max(0, Math.floor((Date.now() - phone.since) / 1000));
    state.canAskForCallback = phone.canAskForCallback;
  }, 500);
  onBeforeUnmount(() => {
    clearInterval(ticker);
    for (const off of offs) off();
    phone.close();
  });

  /** One thing at a time, and whatever goes wrong becomes a sentence. */
  const attempt = async (run: () => Promise<unknown>): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    state.problem = null;
    try {
      await run();
    } catch (error) {
      state.problem = wordsOf(error);
    } finally {
      busy.value = false;
    }
  };

  return {
    state,
    busy,
    call: (number: string) =>
      attempt(async () => {
        state.end = null;
        await phone.call({ consent: true, ...(number === '' ? {} : { phone: number }) });
      }),
    resume: () =>
      attempt(async () => {
        await phone.resume();
        state.canResume = false;
      }),
    askForCallback: () => attempt(() => phone.press('1')),
    hangUp: () => attempt(() => phone.hangUp()),
    allowSound: () => attempt(() => phone.allowSound()),
    mute: () => {
      state.muted = !state.muted;
      phone.mute(state.muted);
    },
  };
};

export type CitizenCall = ReturnType<typeof useCitizenPhone>;
