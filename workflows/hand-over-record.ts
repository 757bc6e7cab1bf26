import type { Command } from '../episode/commands.js';

/** The command by which an episode's record tells that the district's chain has what goes on after it. */
export const HAND_OVER_RECORD: Command = {
  commandId: 'hand-over',
  bodyHash: '',
  actor: { accountId: 'system', role: 'system' },
  body: { kind: 'recordHandOver' },
};
