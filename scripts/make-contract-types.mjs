// Writes the types of the HTTP contract for the console, from the OpenAPI document. They are made when types are checked,
// and not kept: the build erases them.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { openApiOf } from '../api/http/openapi.js';
import { routes } from '../api/routes.js';

const folder = path.join(path.dirname(import.meta.dirname), 'node_modules/.cache/qingkong');
await mkdir(folder, { recursive: true });
// Renamed into place: a check that runs beside it reads the old ones or the new ones.
const fresh = path.join(folder, `contract-${process.pid}.ts`);
await writeFile(fresh, astToString(await openapiTypescript(openApiOf(routes))));
await rename(fresh, path.join(folder, 'contract.d.ts'));
