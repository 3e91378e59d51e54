import type { System } from '../../composition/system';
import type { Endpoint } from '../endpoint';
import { calendarEndpoints } from './calendar';
import { factEndpoints } from './facts';

/** Every operation of the API; the order decides nothing. */
export const allEndpoints = (system: System): readonly Endpoint[] => [...calendarEndpoints(system), ...factEndpoints(system)];
