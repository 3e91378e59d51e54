/** Our own hold music: a slow pentatonic line, so that nothing has to be licensed or loaded. */
const melody = [392, 440, 523.25, 587.33, 659.25, 587.33, 523.25, 440] as const;
const noteSeconds = 0.75;
const scheduleAheadSeconds = 2;

export interface Tones {
  /** Music at this end, while waiting. */
  playMusic(): void;
  stopMusic(): void;
  /** What the other side hears while on hold. */
  musicTrack(): MediaStreamTrack;
  ring(): void;
  stopRing(): void;
  close(): void;
}

interface Player {
  stop(): void;
}

const note = (
  context: AudioContext,
  to: AudioNode,
  given: { readonly frequency: number; readonly at: number; readonly seconds: number; readonly gain: number },
): void => {
  const oscillator = context.createOscillator();
  const envelope = context.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = given.frequency;
  envelope.gain.setValueAtTime(0, given.at);
  envelope.gain.linearRampToValueAtTime(given.gain, given.at + 0.04);
  envelope.gain.linearRampToValueAtTime(0, given.at + given.seconds);
  oscillator.connect(envelope).connect(to);
  oscillator.start(given.at);
  oscillator.stop(given.at + given.seconds + 0.05);
};

/** Notes are written a little ahead, because timers of background tabs are slow. */
const loop = (
  context: AudioContext,
  given: { readonly to: AudioNode; readonly stepSeconds: number; readonly step: (at: number, index: number) => void },
): Player => {
  let next = context.currentTime + 0.05;
  let index = 0;
  const write = (): void => {
    while (next < context.currentTime + scheduleAheadSeconds) {
      given.step(next, index);
      next += given.stepSeconds;
      index += 1;
    }
  };
  write();
  const timer = setInterval(write, 500);
  return { stop: () => clearInterval(timer) };
};

const startMusic = (context: AudioContext, to: AudioNode): Player =>
  loop(context, {
    to,
    stepSeconds: noteSeconds,
    step: (at, index) => {
      note(context, to, { frequency: melody[index % melody.length] ?? 440, at, seconds: noteSeconds * 1.6, gain: 0.16 });
      if (index % 4 === 0) note(context, to, { frequency: 196, at, seconds: noteSeconds * 4, gain: 0.07 });
    },
  });

/** 450 Hz, one second on, four off: the ringing tone of China's telephone network. */
const startRinging = (context: AudioContext, to: AudioNode): Player =>
  loop(context, {
    to,
    stepSeconds: 5,
    step: (at) => [0, 1].forEach((part) => note(context, to, { frequency: 450 + part * 60, at: at + part * 0.5, seconds: 0.5, gain: 0.2 })),
  });

export const createTones = (context: AudioContext): Tones => {
  let music: { player: Player; out: GainNode } | null = null;
  let ringing: { player: Player; out: GainNode } | null = null;
  let hold: { player: Player; track: MediaStreamTrack } | null = null;
  const output = (): GainNode => {
    const gain = context.createGain();
    gain.connect(context.destination);
    return gain;
  };
  const silence = (playing: { player: Player; out: GainNode } | null): null => {
    playing?.player.stop();
    playing?.out.disconnect();
    return null;
  };
  return {
    playMusic: () => {
      if (music !== null) return;
      const out = output();
      music = { out, player: startMusic(context, out) };
    },
    stopMusic: () => {
      music = silence(music);
    },
    musicTrack: () => {
      if (hold === null) {
        const destination = context.createMediaStreamDestination();
        const [track] = destination.stream.getAudioTracks();
        if (track === undefined) throw new Error('no audio track');
        hold = { player: startMusic(context, destination), track };
      }
      return hold.track;
    },
    ring: () => {
      if (ringing !== null) return;
      const out = output();
      ringing = { out, player: startRinging(context, out) };
    },
    stopRing: () => {
      ringing = silence(ringing);
    },
    close: () => {
      music = silence(music);
      ringing = silence(ringing);
      hold?.player.stop();
      hold?.track.stop();
      hold = null;
    },
  };
};
