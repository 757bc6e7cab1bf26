import type { Entry, EntryKind, UnitCommandBody } from '../../episode/types.js';
import { keepPersonalData } from '../../ledger/personal-data.js';
import { carryOut, commandOf } from '../commands.js';
import { invalidFields } from '../fields.js';
import { type FoundUnit, theUnitOfEpisode } from '../find.js';
import { commandIdOf } from '../idempotency.js';
import { requireAttachments } from '../own-attachments.js';
import { madeEntry, theEntry, unitAnswer } from '../present.js';
import type { Answer, Call } from '../route.js';

export const OWN_UNIT = { office: 'any', unit: 'own' } as const;

/** What a first entry of these kinds makes has an address of its own. */
type Created = { [kind in EntryKind]?: string };

/** Carries a unit's command out and answers the unit's page with the entry it made. */
export async function unitCommand<Body extends OnBehalf>(
  call: Call<unknown, unknown, Body, FoundUnit>,
  command: UnitCommandBody,
  created: Created = {},
): Promise<Answer> {
  const { context, found, body } = call;
  const { episodeId, unitId, state } = found;
  const whole = { ...command, ...(await throughOf(call)) };
  await requireAttachments(call, unitId, attachmentsOf(command));
  const { seq, repeated } = await carryOut(context, state, commandOf(call, body, whole));
  const [entry, after] = await Promise.all([
    theEntry(context, episodeId, seq),
    theUnitOfEpisode(context, { episodeId, unitId }),
  ]);
  const location = repeated || isCorrection(entry) ? undefined : created[entry.kind];
  return {
    ...(location === undefined ? { status: 200 } : { status: 201, location }),
    body: { ...(await unitAnswer(context, after.state, unitId)), entry: madeEntry(entry) },
  };
}

interface OnBehalf {
  onBehalf?: { caller: string };
}

/** Who rang is personal data: the entry names it, and it stands where it can be taken away. */
async function throughOf({ context, account, action, key, body }: Call<unknown, unknown, OnBehalf, FoundUnit>) {
  if (body.onBehalf === undefined) return {};
  if (account.role !== 'office')
    throw invalidFields([{ field: 'onBehalf', detail: '只有办公室代来电单位办理时填写，请删去' }]);
  const reference = commandIdOf(account.accountId, action, key);
  return { onBehalf: await keepPersonalData(context.database, reference, body.onBehalf.caller) };
}

/** What a unit wrote, without who rang. */
export const contentOf = <Body extends OnBehalf>({ onBehalf: _, ...content }: Body): Omit<Body, 'onBehalf'> => content;

function attachmentsOf(command: UnitCommandBody): readonly string[] {
  if ('attachmentIds' in command) return command.attachmentIds;
  return (command.kind === 'submitDailyReport' && command.content.attachmentIds) || [];
}

const isCorrection = ({ data }: Entry): boolean => 'corrects' in data;
