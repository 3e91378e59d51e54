import type { System } from '../composition/system';
import type { Realtime } from './index';

/** Namespaces beside /console: chat of citizens and call signalling. */
export const attachNamespaces = (_system: System, _realtime: Realtime): void => undefined;
