/** A short life for tests of messages: two units, real entries, folded as the ledger folds them. */

import type { Notice } from '../../episode/commands.js';
import type { Draft, Entry, EntryData, EntryKind, NamedNotice } from '../../episode/entries.js';
import { evolve } from '../../episode/evolve.js';
import { hashOf, sealed } from '../../episode/hash-chain.js';
import { begin, namesOf, RULES_VERSION } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { policy, rules } from '../../episode/testing/life.js';
import { loadEditionById } from '../../plan/edition/edition.js';
import { clause } from '../../plan/rules/clauses.js';
import type { Binding } from '../../plan/types.js';
import type { EditionWords } from '../messages/message-input.js';

export const EPISODE = 'e-2015-11-27';

export const schoolBinding: Binding = {
  editionId: 'test',
  editionHash: 'f'.repeat(64),
  notApplicable: [],
  units: [
    { unitId: 'education', name: '区教育局', kind: 'department', aliases: [] },
    { unitId: 'street-one', name: '第一街道办事处', kind: 'street', aliases: [] },
  ],
  items: [
    {
      id: 'iii-health-3',
      clause: clause('4.3.2.1'),
      levels: ['III'],
      category: 'health',
      units: ['education', 'street-one'],
      replaces: [],
    },
    {
      id: 'ii-health-3',
      clause: clause('4.3.3.1'),
      levels: ['II'],
      category: 'health',
      units: ['education', 'street-one'],
      replaces: [{ id: 'iii-health-3', as: 'tightened' }],
    },
  ],
  holidays: { off: [], worked: [] },
  noticeBases: ['city', 'region'],
  rules,
  policy,
  rulesVersion: RULES_VERSION,
};

export const texts: Record<string, string> = {
  'iii-health-3': '中小学、幼儿园合理调整教学计划，尽量安排室内课程。',
  'ii-health-3': '中小学、幼儿园停止户外课程和活动。',
};

export const shipped = loadEditionById('shuimogou-2025');

/** The words of the shipped edition, with texts for tasks of other bindings. */
export const shippedWords: EditionWords = { ...shipped, textOf: (id) => texts[id] ?? '停止土石方作业' };

/** The office's duty desk. */
export const desk = { officeDuty: '王值班', officePhone: '0991-4690000' };

export const enteredStart = {
  number: '乌环委办〔2015〕1号',
  issuer: '乌鲁木齐市生态环境保护委员会办公室',
  issuedAt: '2015-11-27T14:00:00+08:00',
  effectiveAt: '2015-11-27T14:00:00+08:00',
};

export const START_COMMAND = Date.parse(enteredStart.issuedAt);

/** Writes entries as the workflow does. Each call adds one and folds it. */
export class WrittenLife {
  readonly entries: Entry[] = [];
  state: EpisodeState = begin(EPISODE, schoolBinding);

  constructor(private readonly drill = false) {}

  add<K extends EntryKind>(kind: K, data: EntryData[K], about: { unitId?: string; at?: string } = {}): Entry {
    const time = about.at ? Date.parse(about.at) : Math.max(START_COMMAND, this.state.head.episodeTime);
    const draft = {
      kind,
      ...(about.unitId ? { unitId: about.unitId } : {}),
      actor: { accountId: 'office', role: 'office' },
      data,
    } as Draft;
    const { entry } = sealed(draft, this.state.head, { at: time, episodeTime: time });
    this.entries.push(entry);
    this.state = evolve(this.state, entry);
    return entry;
  }

  /** A yellow start at 14:00 on 27 November 2015, with its notices to the units. In force at once unless `ahead`. */
  start({ ahead = false, ...parts }: { ahead?: boolean } & Partial<Notice> = {}): this {
    const { number, ...unnumbered } = enteredStart;
    const notice: Notice = {
      ...unnumbered,
      ...(parts.received ? {} : { number }),
      ...(ahead ? { effectiveAt: '2015-11-28T00:00:00+08:00' } : {}),
      ...parts,
    };
    this.add('warning.issued', {
      noticeId: 'n1',
      notice,
      cityLevel: 'yellow',
      level: 'yellow',
      primaryPollutant: 'PM2.5',
      rulesVersion: RULES_VERSION,
      edition: { id: 'test', hash: 'f'.repeat(64) },
      bindingHash: hashOf(schoolBinding),
      policy: schoolBinding.policy,
      drill: this.drill,
      clock: { realAnchor: START_COMMAND, episodeAnchor: START_COMMAND, timeScale: 1 },
    });
    const { effectiveAt } = notice;
    const names = namesOf({ noticeId: 'n1', ...notice });
    for (const { unitId } of schoolBinding.units) {
      this.add(
        'unit.notified',
        {
          occasion: 'start',
          ...names,
          level: 'yellow',
          effectiveAt,
          acknowledgementDueAt: '2015-11-27T14:30:00+08:00',
        },
        { unitId },
      );
    }
    if (!ahead) this.takeEffect(names, effectiveAt);
    return this;
  }

  private takeEffect(names: NamedNotice, effectiveAt: string): void {
    this.add('response.started', { ...names, level: 'yellow', effectiveAt });
    for (const { unitId } of schoolBinding.units) {
      this.add(
        'task.assigned',
        {
          ...names,
          level: 'III',
          tasks: [{ id: 'iii-health-3', change: 'new', status: 'open' }],
          ended: [],
          implementationDueAt: '2015-11-27T18:00:00+08:00',
        },
        { unitId },
      );
    }
  }
}
