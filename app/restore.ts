/** `npm run restore -- FILE`: puts a backup into an empty data folder. */
import { restoreBackup } from './backup/restore-backup.js';
import { byCommand } from './by-command.js';

byCommand(restoreBackup);
