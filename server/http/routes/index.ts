import type { System } from '../../composition/system';
import type { Endpoint } from '../endpoint';
import { factEndpoints } from './facts';

/** Every operation of the API; the order decides nothing. */
export const allEndpoints = (system: System): readonly Endpoint[] => [...factEndpoints(system)];
