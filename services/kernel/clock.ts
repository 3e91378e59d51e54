/** The only source of time inside the product (security T-6). */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

const shanghaiOffsetMs = 8 * 3_600_000;

/** Calendar day in Asia/Shanghai, `YYYY-MM-DD`; China has had one zone without summer time since 1991. */
export const shanghaiDay = (at: Date): string => new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 10);

/** The instant at which a Shanghai day begins. */
export const startOfShanghaiDay = (day: string): Date => new Date(Date.parse(`${day}T00:00:00.000Z`) - shanghaiOffsetMs);

/** ISO 8601 with the +08:00 offset, as every answer of the API carries it. */
export const toShanghaiIso = (at: Date): string => `${new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(0, 23)}+08:00`;
