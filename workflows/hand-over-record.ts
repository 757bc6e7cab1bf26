import type { Command } from '../episode/commands.js';

/** The command by which an episode's record tells that its revisions are on the district's chain. */
export const handOverRecord = (revisions: number): Command => ({
  commandId: 'hand-over',
  bodyHash: '',
  actor: { accountId: 'system', role: 'system' },
  body: { kind: 'recordHandOver', revisions },
});
