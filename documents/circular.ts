/** A circular (§5.1, §7) as an official document: forwarded from the city, or the district's own. */
import type { IssueCircularCommand } from '../episode/commands.js';
import { nameOf } from '../episode/state.js';
import type { EpisodeState } from '../episode/state-types.js';
import { dayInWords, hourInWords } from '../plan/wording/words.js';
import type { Block, Paper } from './paper.js';
import type { Sender } from './sender.js';
import { paperOfText } from './text-to-paper.js';

export interface CircularInput extends Omit<IssueCircularCommand, 'kind'> {
  state: EpisodeState;
  /** Names of the files that go with it. */
  attachments: readonly string[];
  sender: Sender;
  /** `YYYY-MM-DD`. */
  signedOn: string;
}

/**
 * The text as the office wrote it, whose own addressee and signature stand. Before it the circular that is forwarded, after it
 * by when units answer, and what goes with it. A number is in the head where it is the district's.
 */
export function circularPaper(input: CircularInput): Paper {
  const { state, origin, number, title, text, sender, signedOn } = input;
  const isForwarded = origin === 'city';
  const shown = isForwarded ? `关于转发《${title}》的通知` : title;
  const signed = dayInWords(signedOn);
  const written = paperOfText(`${shown}\n${text}`, { isDrill: state.drill, date: signedOn, signedOn: signed });
  return {
    ...written,
    head: { issuer: sender.office, ...(!isForwarded && number !== undefined && { number }) },
    addressee: written.addressee ?? `${addressees(input)}：`,
    blocks: [...(isForwarded ? [forwarded(input)] : []), ...written.blocks, ...closing(input)],
    signature: written.signature ?? { by: sender.office, date: signed },
  };
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

const forwarded = ({ title, number }: CircularInput): Block =>
  paragraph(`现将市环委办《${title}》${number === undefined ? '' : `（${number}）`}转发给你们，请认真落实。`);

function closing({ answerDueAt, attachments }: CircularInput): Block[] {
  const by = answerDueAt === undefined ? [] : [`请于${hourInWords(answerDueAt)}前将采取的措施和整改情况报我办。`];
  const files = attachments.map((name, i) => `${i === 0 ? '附件：' : ''}${i + 1}．${name.replace(/\.\w+$/, '')}`);
  return [...by, ...files].map(paragraph);
}

/** All units of the episode are named together. */
const addressees = ({ state, unitIds }: CircularInput): string =>
  unitIds.length === state.unitCount ? '各责任单位' : unitIds.map((unitId) => nameOf(state, unitId)).join('、');
