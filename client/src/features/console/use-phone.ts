import { computed, onScopeDispose, ref, watch } from 'vue';
import { useSession } from '../../shared/session/session-store';
import { AgentPhone, type AgentPhoneState, openAgentLine } from '../../shared/softphone';
import type { Seat } from './use-seat';

/** The telephone in this page: carries the sound, rings, and says in words what is wrong with microphone or line. */
export const usePhone = (seat: Seat) => {
  const session = useSession();
  const phone = new AgentPhone({ openLine: () => openAgentLine() });
  const state = ref<AgentPhoneState>('off');
  const deviceOk = ref(false);
  const needsClick = ref(false);
  const muted = ref(false);
  const peerAway = ref(false);
  const fault = ref<string | null>(null);

  const leave = [
    phone.on('state', (now) => {
      state.value = now;
      if (now === 'talking' || now === 'idle') fault.value = null;
      if (now === 'idle') {
        muted.value = false;
        peerAway.value = false;
      }
    }),
    phone.on('device', (ok) => {
      deviceOk.value = ok;
    }),
    phone.on('needsClick', (now) => {
      needsClick.value = now;
    }),
    phone.on('peer', ({ present }) => {
      peerAway.value = !present;
    }),
    phone.on('problem', ({ message }) => {
      fault.value = message;
    }),
  ];

  watch(
    () => session.state === 'in' && session.may('call.take'),
    (may) => {
      if (may) phone.start();
    },
    { immediate: true },
  );
  watch(seat.isRinging, (ringing) => (ringing ? phone.startRinging() : phone.stopRinging()), { immediate: true });
  onScopeDispose(() => {
    for (const stop of leave) stop();
    phone.close();
  });

  /** Needs a click: the browser gives microphone and sound only then. */
  const checkDevices = async (): Promise<boolean> => {
    fault.value = null;
    try {
      await phone.checkDevices();
    } catch (error) {
      fault.value = error instanceof Error ? error.message : '耳麦检测没有通过，请重试。';
    }
    deviceOk.value = phone.deviceOk;
    return deviceOk.value;
  };

  const words = computed(() => {
    if (fault.value !== null) return fault.value;
    if (peerAway.value) return '群众一侧网络中断，正在等对方恢复，请不要挂断';
    if (state.value === 'joining') return '正在接通声音';
    if (state.value === 'lost') return '话机线路断开，正在重新连接；通话声音不受影响';
    return null;
  });

  return {
    state,
    deviceOk,
    needsClick,
    muted,
    words,
    checkDevices,
    mute: (on: boolean): void => {
      muted.value = on;
      phone.mute(on);
    },
    allowSound: () => phone.allowSound(),
  };
};

export type Phone = ReturnType<typeof usePhone>;
