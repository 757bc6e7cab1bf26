/** `npm run backup -- FILE`: a copy of all that is kept, from the program while it runs or from its data folder. */
import { makeBackup } from './backup/make-backup.js';
import { byCommand } from './by-command.js';

byCommand(makeBackup);
