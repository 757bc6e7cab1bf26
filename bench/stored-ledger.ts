/** Ledgers of any length, made as the program makes them: turns of reports, decided, sealed and appended. */
import { randomUUID } from 'node:crypto';
import type { Command, CommandBody } from '../episode/commands.js';
import { begin, RULES_VERSION } from '../episode/state.js';
import type { EpisodeState } from '../episode/state-types.js';
import { at, noticeOfLife, OFFICE } from '../episode/testing/life.js';
import { takeTurn } from '../episode/turn.js';
import { append } from '../ledger/chain/append.js';
import type { Database } from '../ledger/database.js';
import { keepEdition } from '../ledger/editions.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import type { Binding } from '../plan/types.js';

export const DRILL_BEGINS = '2026-01-10 14:00';
const COMMANDS = 500;

const shipped = loadEditionById('shuimogou-2025');
export const shippedBinding = bindingOf(shipped, RULES_VERSION);

/** A binding with so many units in all: street offices are added, with the tasks that all of them have. */
export function bindingWith(units: number): Binding {
  const streets = shippedBinding.units.filter(({ kind }) => kind === 'street');
  const added = Array.from({ length: Math.max(0, units - shippedBinding.units.length) }, (_, i) => ({
    ...streets[0]!,
    unitId: `street-${i + 1}`,
    name: `第${i + 1}街道办事处`,
    aliases: [],
  }));
  const ids = added.map(({ unitId }) => unitId);
  const items = shippedBinding.items.map((item) =>
    item.units.includes(streets[0]!.unitId) ? { ...item, units: [...item.units, ...ids] } : item,
  );
  return { ...shippedBinding, units: [...shippedBinding.units, ...added].slice(0, units), items };
}

export const asCommand = (body: CommandBody): Command => ({
  commandId: randomUUID(),
  bodyHash: '',
  actor: OFFICE,
  body,
});

export const startOfDrillAt = (since = DRILL_BEGINS): CommandBody => ({
  kind: 'start',
  notice: noticeOfLife('N1', since),
  cityLevel: 'yellow',
  level: 'yellow',
  primaryPollutant: 'PM2.5',
  drill: { timeScale: 1 },
});

/** Appends a drill of at least so many entries. Nothing is delivered in it. */
export async function storeDrill(database: Database, episodeId: string, entries: number): Promise<EpisodeState> {
  await keepEdition(database, shipped);
  const binding = shippedBinding;
  let state = begin(episodeId, binding);
  const take = async (bodies: CommandBody[]) => {
    const turn = takeTurn(state, bodies.map(asCommand), at(DRILL_BEGINS));
    const isFirst = state.head.seq === 0;
    await append(database, {
      chainId: episodeId,
      ...(isFirst && { binding }),
      applied: turn.applied,
      entries: turn.entries,
    });
    state = turn.state;
  };
  await take([startOfDrillAt()]);
  for (let n = 0; state.head.seq < entries; n += 1) {
    const left = Math.min(COMMANDS, entries - state.head.seq);
    await take(
      Array.from({ length: left }, (_, i) => ({
        kind: 'reportImplementation',
        unitId: binding.units[(n + i) % binding.units.length]!.unitId,
        text: `已落实，第${n}次`,
      })),
    );
  }
  return state;
}
