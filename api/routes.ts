import { attachmentRoutes } from './attachments/routes.js';
import { accountRoutes } from './auth/routes.js';
import { callRoutes } from './calls/routes.js';
import type { Route } from './http/route.js';
import { episodeRoutes } from './notices/routes.js';
import { officeRoutes } from './office/routes.js';
import { oversightRoutes } from './oversight/routes.js';
import { contactRoutes } from './people/contact-routes.js';
import { rosterFileRoutes } from './people/file-routes.js';
import { joinRoutes } from './people/join-route.js';
import { rosterRoutes } from './people/roster-routes.js';
import { messageRoutes } from './plan/message-routes.js';
import { planRoutes } from './plan/routes.js';
import { suspensionRoutes } from './suspensions/routes.js';
import { unitReportRoutes } from './units/report-routes.js';
import { unitWorkRoutes } from './units/work-routes.js';

/** The table of routes. Access, checks of fields, the OpenAPI document and the table tests come from it. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...planRoutes,
  ...messageRoutes,
  ...contactRoutes,
  ...rosterRoutes,
  ...rosterFileRoutes,
  ...episodeRoutes,
  ...suspensionRoutes,
  ...unitWorkRoutes,
  ...unitReportRoutes,
  ...attachmentRoutes,
  ...joinRoutes,
  ...officeRoutes,
  ...callRoutes,
  ...oversightRoutes,
];
