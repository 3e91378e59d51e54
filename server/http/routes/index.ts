import type { System } from '../../composition/system';
import type { Endpoint } from '../endpoint';
import { apiClientEndpoints } from './api-clients';
import { attachmentEndpoints } from './attachments';
import { calendarEndpoints } from './calendar';
import { demoEndpoints } from './demo';
import { factEndpoints } from './facts';
import { guideCorrectionEndpoints } from './guide-corrections';
import { guideEndpoints } from './guides';
import { inquiryEndpoints } from './inquiries';
import { organizationEndpoints } from './organizations';
import { publicChatEndpoints } from './public-chat';
import { publicTicketEndpoints } from './public-tickets';
import { ratingEndpoints } from './ratings';
import { rectificationEndpoints } from './rectifications';
import { reportEndpoints } from './reports';
import { sessionEndpoints } from './session';
import { staffEndpoints } from './staff';
import { subOrderEndpoints } from './sub-orders';
import { telephonyEndpoints } from './telephony';
import { ticketEndpoints } from './tickets';

/** Every operation of the API; the order decides nothing. */
export const allEndpoints = (system: System): readonly Endpoint[] => [
  ...apiClientEndpoints(system),
  ...attachmentEndpoints(system),
  ...calendarEndpoints(system),
  ...demoEndpoints(system),
  ...factEndpoints(system),
  ...guideCorrectionEndpoints(system),
  ...guideEndpoints(system),
  ...inquiryEndpoints(system),
  ...organizationEndpoints(system),
  ...publicChatEndpoints(system),
  ...publicTicketEndpoints(system),
  ...ratingEndpoints(system),
  ...rectificationEndpoints(system),
  ...reportEndpoints(system),
  ...sessionEndpoints(system),
  ...staffEndpoints(system),
  ...subOrderEndpoints(system),
  ...telephonyEndpoints(system),
  ...ticketEndpoints(system),
];
