import { openApiOf } from './http/openapi.js';
import { receiptPaths } from './receipts/openapi.js';
import { routes } from './routes.js';

const ofRoutes = openApiOf(routes);

/** The OpenAPI document. It is made once a process: that takes a third of a second. */
export const openApiDocument = { ...ofRoutes, paths: { ...ofRoutes.paths, ...receiptPaths } };
