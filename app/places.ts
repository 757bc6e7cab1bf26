/** Where the parts of a data folder lie. */
import path from 'node:path';
import type { DatabaseLocation } from '../ledger/database.js';
import type { Config } from '../platform/config.js';

export const ownDatabase = ({ databaseUrl, dataFolder }: Config): DatabaseLocation =>
  databaseUrl === undefined ? { folder: path.join(dataFolder, 'database') } : { url: databaseUrl };

export const attachmentsFolder = ({ dataFolder }: Config): string => path.join(dataFolder, 'attachments');

export const codeKeyFile = ({ dataFolder }: Config): string => path.join(dataFolder, 'one-time-codes.key');
