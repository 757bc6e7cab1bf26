import type { Route } from '../route.js';
import { accountRoutes } from './accounts.js';
import { attachmentRoutes } from './attachments.js';
import { episodeRoutes } from './episodes.js';
import { messageRoutes } from './messages.js';
import { officeRoutes } from './office.js';
import { oversightRoutes } from './oversight.js';
import { planRoutes } from './plan.js';
import { rosterRoutes } from './roster.js';
import { rosterFileRoutes } from './roster-files.js';
import { unitReportRoutes } from './unit-reports.js';
import { unitWorkRoutes } from './unit-work.js';

/** The table of routes: access, judging of fields, the OpenAPI document and the table tests all come from it. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...planRoutes,
  ...messageRoutes,
  ...rosterRoutes,
  ...rosterFileRoutes,
  ...episodeRoutes,
  ...unitWorkRoutes,
  ...unitReportRoutes,
  ...attachmentRoutes,
  ...officeRoutes,
  ...oversightRoutes,
];
