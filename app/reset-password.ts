/** `npm run reset-password -- NAME`: a one-time password for somebody who cannot ask an administrator. */
import { byCommand } from './by-command.js';
import { issueByCommand } from './issue-by-command.js';

byCommand(issueByCommand);
