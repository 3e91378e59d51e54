import { MicrophoneFault, openMicrophone } from '../../../../client/src/shared/softphone/microphone';

const world = globalThis as unknown as Record<string, unknown>;

const stand = (given: {
  readonly secure?: boolean;
  readonly getUserMedia?: (wanted: MediaStreamConstraints) => Promise<unknown>;
  readonly peer?: boolean;
}): void => {
  Object.defineProperty(globalThis, 'isSecureContext', { configurable: true, value: given.secure ?? true });
  const value = given.getUserMedia === undefined ? undefined : { getUserMedia: given.getUserMedia };
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value });
  world['RTCPeerConnection'] = given.peer === false ? undefined : Object;
};

const faultOf = async (): Promise<MicrophoneFault> => {
  try {
    await openMicrophone();
  } catch (error) {
    if (error instanceof MicrophoneFault) return error;
  }
  throw new Error('no fault');
};

const named = (name: string): Error => Object.assign(new Error('said by the browser'), { name });

describe('麦克风打不开时说清楚怎么办', () => {
  test('a page that is neither https nor localhost', async () => {
    stand({ secure: false });
    expect(await faultOf()).toMatchObject({ code: 'insecure', message: expect.stringContaining('https') });
  });

  test('a browser without WebRTC', async () => {
    stand({});
    expect(await faultOf()).toMatchObject({ code: 'unsupported' });
    stand({ getUserMedia: () => Promise.resolve({}), peer: false });
    expect(await faultOf()).toMatchObject({ code: 'unsupported' });
  });

  test.each([
    ['NotAllowedError', 'refused', '允许'],
    ['SecurityError', 'refused', '允许'],
    ['NotFoundError', 'missing', '插好'],
    ['OverconstrainedError', 'missing', '插好'],
    ['NotReadableError', 'taken', '占用'],
    ['AbortError', 'taken', '占用'],
    ['WhateverError', 'failed', '重试'],
  ])('%s is %s', async (name, code, advice) => {
    stand({ getUserMedia: () => Promise.reject(named(name)) });
    const fault = await faultOf();
    expect(fault.code).toBe(code);
    expect(fault.message).toContain(advice);
    expect(fault.message).not.toContain('said by the browser');
  });

  test('speech is cleaned unless a test asks for the plain sound', async () => {
    const asked: MediaStreamConstraints[] = [];
    const getUserMedia = (wanted: MediaStreamConstraints): Promise<unknown> => {
      asked.push(wanted);
      return Promise.resolve({});
    };
    stand({ getUserMedia });
    await openMicrophone();
    await openMicrophone({ echoCancellation: false, noiseSuppression: false, autoGainControl: false, deviceId: 'headset' });
    expect(asked[0]).toMatchObject({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
    expect(asked[1]).toMatchObject({ audio: { echoCancellation: false, deviceId: { exact: 'headset' } } });
  });
});
