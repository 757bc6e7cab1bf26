/** What a notice would do, shown before it is entered. Writes nothing. */
import { type Foreseen, foresee, type UnitForeseen } from '../../episode/foresee.js';
import { isWithoutResponse, itemsFor, nameOf } from '../../episode/state.js';
import type { EpisodeState, NoticeState } from '../../episode/state-types.js';
import { atOneMoment } from '../../ledger/at-one-moment.js';
import type { Database } from '../../ledger/database.js';
import { keptEdition } from '../../ledger/editions.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import { actorOf } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { problemOf } from '../http/problems.js';
import type { Answer } from '../http/route.js';
import { alreadyEnteredAs } from './enter-notice.js';
import { recordedNotice, requireNoticeAttachments, sameNotice } from './given-notice.js';
import { peopleForeseen } from './preview-people.js';
import { warningsOfNotice } from './preview-warnings.js';
import type { Entering, NoticeCall } from './start-adjust-lift.js';

/** Whoever rang is not kept for a look. */
const WHO_RANG = { reference: 'preview', hash: '0'.repeat(64) };

/**
 * Refuses as the act would, by the same checks and the same `decide`. The episode, the people, their rosters and the channels
 * are read as of one moment, so that a list that is just being replaced is seen before or after it, never half.
 */
export async function previewed(
  call: NoticeCall<unknown, unknown>,
  { scope, given, content, bodyOf, admit, remarks }: Entering,
  before: (then: Database) => Promise<EpisodeState>,
): Promise<Answer> {
  const { context } = call;
  const action = call.action.replace(/\/preview$/, '');
  const asked = { scope, number: given.number, action, content: { ...content, notice: sameNotice(given) } };
  const entered = await alreadyEnteredAs(context, asked);
  if (entered) return { status: 200, body: nothingNew(entered) };
  await requireNoticeAttachments(call, given.attachmentIds ?? []);
  await admit();
  const from = given.received?.from === undefined ? undefined : WHO_RANG;
  const body = bodyOf(recordedNotice(given, from));
  const seen = await atOneMoment(context.database, async (then) => {
    const state = await before(then);
    const said = foresee(state, body, actorOf(call), context.clock());
    if ('type' in said) throw problemOf(said);
    if ('repeats' in said) return { repeats: { episodeId: state.episodeId, seq: said.repeats } };
    const recipients = await peopleForeseen(then, said);
    return { said, recipients, warnings: await warningsOfNotice(then, said, recipients.unreachable, given.text) };
  });
  if ('repeats' in seen) return { status: 200, body: nothingNew(seen.repeats) };
  return { status: 200, body: { ...(await previewAnswer(context, seen)), ...remarks } };
}

interface Seen {
  said: Foreseen;
  recipients: Awaited<ReturnType<typeof peopleForeseen>>;
  warnings: Awaited<ReturnType<typeof warningsOfNotice>>;
}

const CHANGES = ['new', 'tightened', 'continued', 'eased', 'ended'] as const;
type Changes = Record<(typeof CHANGES)[number], string[]>;

const nothingNew = (alreadyEntered: { episodeId: string; seq: number }) => ({
  alreadyEntered,
  level: {},
  recipients: { units: 0, people: 0, byChannel: [], besides: [], unreachable: [], items: [] },
  tasks: { counts: countsOf([]), words: [], items: [] },
  dueTimes: [],
  warnings: [],
});

async function previewAnswer(context: Context, { said, recipients, warnings }: Seen) {
  const { notice, before, state, dues, ends } = said;
  const isLifting = notice.kind === 'lift';
  const tasks = await tasksForeseen(context, said);
  return {
    level: { ...(before && { before: levelsOf(before) }), ...(isLifting ? {} : { after: levelsOf(notice) }) },
    effectiveAt: beijingIso(notice.effectiveAt),
    inForce: notice.effect === 'taken',
    ...(isLifting && isWithoutResponse(state) ? { withoutResponse: true as const } : {}),
    recipients,
    tasks,
    dueTimes: dues.map(({ dueAt, ...due }) => ({ ...due, dueAt: beijingIso(dueAt) })),
    ...(isLifting ? { ends: endsOf(ends) } : {}),
    warnings,
  };
}

const levelsOf = ({ level, cityLevel }: NoticeState) => ({
  warningLevel: level,
  responseLevel: responseLevelOf(level),
  cityLevel,
});

async function tasksForeseen({ database }: Context, { state, units, notice }: Foreseen) {
  const items = notice.kind === 'lift' ? [] : units.map((one) => ({ ...unitOf(state, one), ...changesOf(one) }));
  const ids = new Set(items.flatMap((one) => CHANGES.flatMap((change) => one[change])));
  const edition = await keptEdition(database, state.binding.editionHash);
  const clauses = new Map(units.flatMap(({ unit }) => itemsFor(state, unit)).map(({ id, clause }) => [id, clause]));
  const added = addedTexts(units, await findEntries(database, state.episodeId, seqsOfAdded(units)));
  const words = [...ids].map((taskId) => ({
    taskId,
    clause: clauses.get(taskId) ?? state.binding.rules.stricter,
    text: added.get(taskId) ?? edition.textOf(taskId),
  }));
  return { counts: countsOf(items), words, items };
}

const unitOf = (state: EpisodeState, { unit }: UnitForeseen) => ({
  unitId: unit.unitId,
  name: nameOf(state, unit.unitId),
});

/** A task that was added goes on at every level. */
function changesOf({ unit, tasks, ended }: UnitForeseen): Changes {
  const as = (change: string) =>
    tasks.flatMap((one) => {
      const isAdded = unit.tasks[one.id]?.addedSeq !== undefined;
      return (isAdded ? 'continued' : one.change) === change ? [one.id] : [];
    });
  return { new: as('new'), tightened: as('tightened'), continued: as('continued'), eased: as('eased'), ended };
}

const countsOf = (items: readonly Changes[]): Record<keyof Changes, number> => {
  const sum = (change: keyof Changes) => items.reduce((all, one) => all + one[change].length, 0);
  return {
    new: sum('new'),
    tightened: sum('tightened'),
    continued: sum('continued'),
    eased: sum('eased'),
    ended: sum('ended'),
  };
};

const seqsOfAdded = (units: readonly UnitForeseen[]): number[] => [
  ...new Set(units.flatMap(({ unit }) => Object.values(unit.tasks).flatMap(({ addedSeq }) => addedSeq ?? []))),
];

function addedTexts(
  units: readonly UnitForeseen[],
  entries: Awaited<ReturnType<typeof findEntries>>,
): Map<string, string> {
  const texts = new Map(
    entries.flatMap(({ seq, kind, data }) => (kind === 'task.added' ? [[seq, data.text ?? '']] : [])),
  );
  return new Map(
    units.flatMap(({ unit }) =>
      Object.entries(unit.tasks).flatMap(([id, { addedSeq }]) =>
        addedSeq === undefined ? [] : [[id, texts.get(addedSeq) ?? ''] as const],
      ),
    ),
  );
}

function endsOf(ends: Foreseen['ends']) {
  const kinds = [...new Set(ends.map(({ deadline }) => deadline))];
  return kinds.map((deadline) => ({
    deadline,
    units: new Set(ends.filter((one) => one.deadline === deadline).map(({ unitId }) => unitId)).size,
  }));
}
