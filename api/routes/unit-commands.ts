import type { CommandBody, Entry, EntryKind } from '../../episode/types.js';
import { carryOut, commandOf } from '../commands.js';
import { type FoundUnit, theUnitOfEpisode } from '../find.js';
import { requireAttachments } from '../own-attachments.js';
import { madeEntry, theEntry, unitAnswer } from '../present.js';
import type { Answer, Call } from '../route.js';

export const OWN_UNIT = { office: 'any', unit: 'own' } as const;

/** What a first entry of these kinds makes has an address of its own. */
type Created = { [kind in EntryKind]?: string };

/** Carries a unit's command out and answers the unit's page with the entry it made. */
export async function unitCommand<Body>(
  call: Call<unknown, unknown, Body, FoundUnit>,
  command: CommandBody,
  created: Created = {},
): Promise<Answer> {
  const { context, found, body } = call;
  const { episodeId, unitId, state } = found;
  await requireAttachments(call, unitId, attachmentsOf(command));
  const { seq, repeated } = await carryOut(context, state, commandOf(call, body, command));
  const [entry, after] = await Promise.all([
    theEntry(context, episodeId, seq),
    theUnitOfEpisode(context, { episodeId, unitId }),
  ]);
  const location = repeated || isCorrection(entry) ? undefined : created[entry.kind];
  return {
    ...(location === undefined ? { status: 200 } : { status: 201, location }),
    body: { ...unitAnswer(context, after.state, unitId), entry: madeEntry(entry) },
  };
}

function attachmentsOf(command: CommandBody): readonly string[] {
  if (command.kind === 'completeTask') return command.attachmentIds;
  return (command.kind === 'submitDailyReport' && command.content.attachmentIds) || [];
}

const isCorrection = ({ data }: Entry): boolean => 'corrects' in data;
