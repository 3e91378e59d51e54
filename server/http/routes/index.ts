import type { System } from '../../composition/system';
import type { Endpoint } from '../endpoint';
import { apiClientEndpoints } from './api-clients';
import { attachmentEndpoints } from './attachments';
import { calendarEndpoints } from './calendar';
import { factEndpoints } from './facts';
import { inquiryEndpoints } from './inquiries';
import { organizationEndpoints } from './organizations';
import { publicChatEndpoints } from './public-chat';
import { ratingEndpoints } from './ratings';
import { rectificationEndpoints } from './rectifications';
import { reportEndpoints } from './reports';
import { sessionEndpoints } from './session';
import { staffEndpoints } from './staff';
import { telephonyEndpoints } from './telephony';

/** Every operation of the API; the order decides nothing. */
export const allEndpoints = (system: System): readonly Endpoint[] => [
  ...apiClientEndpoints(system),
  ...attachmentEndpoints(system),
  ...calendarEndpoints(system),
  ...factEndpoints(system),
  ...inquiryEndpoints(system),
  ...organizationEndpoints(system),
  ...publicChatEndpoints(system),
  ...ratingEndpoints(system),
  ...rectificationEndpoints(system),
  ...reportEndpoints(system),
  ...sessionEndpoints(system),
  ...staffEndpoints(system),
  ...telephonyEndpoints(system),
];
