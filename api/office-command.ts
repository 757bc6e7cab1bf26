import type { CommandBody } from '../episode/commands.js';
import { carryOut, commandOf } from './commands.js';
import type { FoundEpisode } from './find.js';
import { madeEntry, theEntry } from './present.js';
import type { Call } from './route.js';

/** Carries out what the office does in an episode; `content` is what it sent, after defaults. */
export async function officeCommand(
  call: Call<unknown, unknown, unknown, FoundEpisode>,
  content: unknown,
  body: CommandBody,
): Promise<{ entry: ReturnType<typeof madeEntry>; repeated: boolean }> {
  const { context, found } = call;
  const { episodeId, state } = found;
  const { seq, repeated } = await carryOut(context, state, commandOf(call, content, body));
  return { entry: madeEntry(await theEntry(context, episodeId, seq)), repeated };
}
