import type { CommandBody } from '../../episode/commands.js';
import type { Answer, Call } from '../http/route.js';
import { carryOut, commandOf } from './commands.js';
import { type FoundEpisode, theEpisode } from './load-episode.js';
import { episodeAnswer, madeEntry, theEntry } from './present.js';

/** Carries out a command whose answer is the entry it made. `content` is the request after defaults. */
export async function episodeCommand(
  call: Call<unknown, unknown, unknown, FoundEpisode>,
  content: unknown,
  body: CommandBody,
  admit?: () => Promise<void>,
): Promise<{ entry: ReturnType<typeof madeEntry>; repeated: boolean }> {
  const { context, found } = call;
  const { episodeId, state } = found;
  const { seq, repeated } = await carryOut(call, state, commandOf(call, content, body), admit);
  return { entry: madeEntry(await theEntry(context, episodeId, seq)), repeated };
}

/** The answer to a command on a unit's page: 201 with an address for something new, 200 for a repeat. */
export const createdAt = (
  { episodeId }: FoundEpisode,
  unitId: string,
  repeated: boolean,
): Pick<Answer, 'status' | 'location'> =>
  repeated ? { status: 200 } : { status: 201, location: `/api/v1/episodes/${episodeId}/units/${unitId}` };

/** The episode as it is after the command. */
export async function episodeAfter({ context, found }: Call<unknown, unknown, unknown, FoundEpisode>) {
  const { state } = await theEpisode(context, { episodeId: found.episodeId });
  return episodeAnswer(context, state);
}
