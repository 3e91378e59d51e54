import type { System } from '../../composition/system';
import type { Endpoint } from '../endpoint';
import { attachmentEndpoints } from './attachments';
import { calendarEndpoints } from './calendar';
import { factEndpoints } from './facts';
import { apiClientEndpoints } from './api-clients';
import { organizationEndpoints } from './organizations';
import { sessionEndpoints } from './session';
import { staffEndpoints } from './staff';

/** Every operation of the API; the order decides nothing. */
export const allEndpoints = (system: System): readonly Endpoint[] => [
  ...sessionEndpoints(system),
  ...staffEndpoints(system),
  ...organizationEndpoints(system),
  ...apiClientEndpoints(system),
  ...calendarEndpoints(system),
  ...factEndpoints(system),
];
