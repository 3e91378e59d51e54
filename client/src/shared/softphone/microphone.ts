/** Why there is no sound from this side, in words that say what to do. */
export class MicrophoneFault extends Error {
  readonly code: 'insecure' | 'unsupported' | 'refused' | 'missing' | 'taken' | 'failed';

  constructor(code: MicrophoneFault['code'], message: string) {
    super(message);
    this.name = 'MicrophoneFault';
    this.code = code;
  }
}

const sentences: Readonly<Record<MicrophoneFault['code'], string>> = {
  insecure: '当前网址不是安全连接，浏览器不允许使用麦克风。请改用 https:// 开头的网址，或在本机用 localhost 打开。',
  unsupported: '这个浏览器不支持网络通话，请换用新版 Edge、Chrome、Firefox 或 Safari。',
  refused: '麦克风权限被拒绝。请点地址栏左侧的图标，把“麦克风”改为“允许”，然后重试。',
  missing: '没有找到麦克风。请插好耳麦后重试。',
  taken: '麦克风正被其他程序占用。请关闭其他会议或录音程序后重试。',
  failed: '无法打开麦克风，请检查耳麦后重试。',
};

const codeOf = (error: unknown): MicrophoneFault['code'] => {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return name === 'NotReadableError' || name === 'AbortError' ? 'taken' : 'failed';
};

export interface AudioOptions {
  /** Off only in tests, where tones would be filtered away. */
  readonly echoCancellation?: boolean;
  readonly noiseSuppression?: boolean;
  readonly autoGainControl?: boolean;
  readonly deviceId?: string;
}

export const microphoneFault = (code: MicrophoneFault['code']): MicrophoneFault => new MicrophoneFault(code, sentences[code]);

/** Asks for the microphone; every failure says what the person can do. */
export const openMicrophone = async (options: AudioOptions = {}): Promise<MediaStream> => {
  if (!globalThis.isSecureContext) throw microphoneFault('insecure');
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (mediaDevices === undefined || globalThis.RTCPeerConnection === undefined) throw microphoneFault('unsupported');
  const { deviceId, echoCancellation = true, noiseSuppression = true, autoGainControl = true } = options;
  try {
    return await mediaDevices.getUserMedia({
      audio: { echoCancellation, noiseSuppression, autoGainControl, channelCount: 1, ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }) },
    });
  } catch (error) {
    throw microphoneFault(codeOf(error));
  }
};

export const closeStream = (stream: MediaStream | null): void => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

export interface LevelMeter {
  /** 0 to 1, by root mean square. */
  read(): number;
  close(): void;
}

export const createLevelMeter = (context: AudioContext, stream: MediaStream): LevelMeter => {
  const source = context.createMediaStreamSource(stream);
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 3);
    },
    close: () => source.disconnect(),
  };
};
