import { firstPasswordRoutes } from './accounts/first-password-route.js';
import { ownCodeRoutes } from './accounts/own-code-routes.js';
import { ownAccountRoutes } from './accounts/own-routes.js';
import { accountAdministrationRoutes } from './accounts/routes.js';
import { signInRoutes } from './accounts/sign-in-routes.js';
import { tokenRoutes } from './accounts/token-routes.js';
import { attachmentRoutes } from './attachments/routes.js';
import { accountRoutes } from './auth/routes.js';
import { callRoutes } from './calls/routes.js';
import { channelRoutes } from './channels/routes.js';
import { eventRoutes } from './events/routes.js';
import { handOverRoutes } from './hand-overs/routes.js';
import type { Route } from './http/route.js';
import { sentMessageRoutes } from './messages/routes.js';
import { episodeRoutes } from './notices/routes.js';
import { circularRoutes } from './office/circular-routes.js';
import { paperRoutes } from './office/paper-routes.js';
import { officeRoutes } from './office/routes.js';
import { textRoutes } from './office/text-routes.js';
import { exportRoutes } from './oversight/export-routes.js';
import { historyRoutes } from './oversight/history-routes.js';
import { ledgerRoutes } from './oversight/ledger-routes.js';
import { oversightRoutes } from './oversight/routes.js';
import { contactRoutes } from './people/contact-routes.js';
import { rosterFileRoutes } from './people/file-routes.js';
import { joinRoutes } from './people/join-route.js';
import { rosterRoutes } from './people/roster-routes.js';
import { messageRoutes } from './plan/message-routes.js';
import { planRoutes } from './plan/routes.js';
import { publicWordsRoutes } from './public/office-routes.js';
import { revisionRoutes } from './revisions/routes.js';
import { suspensionRoutes } from './suspensions/routes.js';
import { unitCircularRoutes } from './units/circular-routes.js';
import { unitReportRoutes } from './units/report-routes.js';
import { unitWorkRoutes } from './units/work-routes.js';
import { urgeRoutes } from './urges/routes.js';

/** The table of routes. Access, checks of fields, the OpenAPI document and the table tests come from it. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...eventRoutes,
  ...ownAccountRoutes,
  ...ownCodeRoutes,
  ...accountAdministrationRoutes,
  ...signInRoutes,
  ...firstPasswordRoutes,
  ...tokenRoutes,
  ...planRoutes,
  ...messageRoutes,
  ...contactRoutes,
  ...rosterRoutes,
  ...rosterFileRoutes,
  ...episodeRoutes,
  ...suspensionRoutes,
  ...unitWorkRoutes,
  ...unitReportRoutes,
  ...unitCircularRoutes,
  ...attachmentRoutes,
  ...joinRoutes,
  ...paperRoutes,
  ...textRoutes,
  ...officeRoutes,
  ...circularRoutes,
  ...publicWordsRoutes,
  ...callRoutes,
  ...handOverRoutes,
  ...channelRoutes,
  ...sentMessageRoutes,
  ...urgeRoutes,
  ...ledgerRoutes,
  ...oversightRoutes,
  ...historyRoutes,
  ...exportRoutes,
  ...revisionRoutes,
];
