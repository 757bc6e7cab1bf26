import type { UnitCommandBody } from '../../episode/commands.js';
import type { Entry, EntryKind } from '../../episode/entries.js';
import { carryOut, commandOf } from '../engine/commands.js';
import { type FoundUnit, theUnitOfEpisode } from '../engine/load-episode.js';
import { requireAttachments, shareAttachments } from '../engine/own-attachments.js';
import { madeEntry, theEntry, unitAnswer } from '../engine/present.js';
import type { Answer, Call } from '../http/route.js';
import { forgetIfRefused, keepCaller, type OnBehalf, sameContent, standByFirst } from './on-behalf.js';

export const OWN_UNIT = { office: 'any', unit: 'own' } as const;

/** Entries that make something with an address of its own. */
type Created = { [kind in EntryKind]?: string };

/** Carries a unit's command out and answers the unit's page with the entry it made. */
export async function unitCommand<Body extends OnBehalf>(
  call: Call<unknown, unknown, Body, FoundUnit>,
  command: UnitCommandBody,
  created: Created = {},
): Promise<Answer> {
  const { context, found, body } = call;
  const { episodeId, unitId, state } = found;
  const attachmentIds = attachmentsOf(command);
  const admit = () => requireAttachments(call, unitId, attachmentIds);
  const caller = await keepCaller(call);
  const whole = { ...command, ...(caller ? { onBehalf: caller } : {}) };
  const { seq, repeated } = await carryOut(call, state, commandOf(call, sameContent(body), whole), admit).catch(
    async (error: unknown) => {
      await forgetIfRefused(call, caller, error);
      throw error;
    },
  );
  await shareAttachments(call, [unitId], attachmentIds);
  const [entry, after] = await Promise.all([
    theEntry(context, episodeId, seq),
    theUnitOfEpisode(context, { episodeId, unitId }),
  ]);
  if (caller && repeated) await standByFirst(call, caller, entry);
  const location = repeated || isCorrection(entry) ? undefined : created[entry.kind];
  return {
    ...(location === undefined ? { status: 200 } : { status: 201, location }),
    body: { ...(await unitAnswer(context, after.state, unitId)), entry: madeEntry(entry) },
  };
}

function attachmentsOf(command: UnitCommandBody): readonly string[] {
  if ('attachmentIds' in command) return command.attachmentIds;
  return (command.kind === 'submitDailyReport' && command.content.attachmentIds) || [];
}

const isCorrection = ({ data }: Entry): boolean => 'corrects' in data;
