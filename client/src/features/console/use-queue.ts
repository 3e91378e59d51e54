import { computed, onScopeDispose, shallowRef } from 'vue';
import type { QueueOverviewView } from '#contracts/api/telephony';
import { useApi } from '../../shared/api/client';
import type { TopStat } from '../../shared/components/TopStats.vue';
import { useNow } from '../../shared/formatting/clock';
import { timer } from '../../shared/formatting/durations';
import { parts, rate } from '../../shared/formatting/numbers';
import { useRealtime } from '../../shared/realtime/realtime';
import { telephonyApi } from './telephony-api';

/** A thousand consoles hear of the same call; each waits its own moment before it asks. */
const SETTLE_MS = 1_500;
const SPREAD_MS = 3_500;
const LONG_WAIT_S = 30;
const TARGET = 0.95;

const answerRate = (today: QueueOverviewView['today']): TopStat => {
  const label = '今日接通率';
  if (today.offered === 0) return { label, value: '—', note: '今日还没有来电' };
  const good = today.answered / today.offered >= TARGET;
  return {
    label,
    value: rate(today.answered, today.offered, 1),
    note: `${parts(today.answered, today.offered)} · ≥ 95%`,
    icon: good ? 'okCircle' : 'warning',
    tone: good ? 'done' : 'near',
  };
};

/** Figures of the queue for the top bar; pushed facts say when to read them again. */
export const useQueue = () => {
  const phone = telephonyApi(useApi());
  const realtime = useRealtime();
  const now = useNow(1_000);
  const overview = shallowRef<QueueOverviewView | null>(null);
  let waiting: ReturnType<typeof setTimeout> | null = null;

  const read = async (): Promise<void> => {
    try {
      overview.value = await phone.queue();
    } catch {
      // The bar shows a dash where nothing is known, and keeps the last figures where something was.
    }
  };

  const soon = (): void => {
    waiting ??= setTimeout(
      () => {
        waiting = null;
        void read();
      },
      SETTLE_MS + Math.random() * SPREAD_MS,
    );
  };

  const leave = realtime.onFact((fact) => {
    if (fact.name === 'call.moved' || fact.name === 'agent.moved' || fact.name === 'callbackTask.moved') soon();
  });
  const leaveReload = realtime.onReload(soon);
  onScopeDispose(() => {
    leave();
    leaveReload();
    if (waiting !== null) clearTimeout(waiting);
  });
  void read();

  const longest = computed<TopStat>(() => {
    const view = overview.value;
    const label = '最长等待';
    if (view === null) return { label, value: null };
    if (view.waiting === 0) return { label, value: '00:00', note: '无人等待' };
    const seconds = view.longestWaitSeconds + (now.value - Date.parse(view.at)) / 1000;
    return seconds > LONG_WAIT_S
      ? { label, value: timer(seconds * 1000), note: '偏长', icon: 'clock', tone: 'near' }
      : { label, value: timer(seconds * 1000), icon: 'clock' };
  });

  const stats = computed<readonly TopStat[]>(() => {
    const view = overview.value;
    return [
      { label: '排队', value: view === null ? null : String(view.waiting), note: '人' },
      longest.value,
      view === null ? { label: '今日接通率', value: null } : answerRate(view.today),
      { label: '通话中', value: view === null ? null : String(view.talking), note: view === null ? undefined : `/ ${view.signedIn} 人在岗` },
      { label: '待回拨', value: view === null ? null : String(view.openCallbackTasks), note: '件' },
    ];
  });

  return { overview, stats };
};
