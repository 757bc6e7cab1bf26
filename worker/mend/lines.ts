/** What was found and done, in one line for whoever starts the program. */
import { DISTRICT_CHAIN } from '../../district/state.js';
import type { ChainEnd } from '../../ledger/chain/end.js';
import type { LastRun } from './engine-history.js';
import type { Mending } from './plan.js';

/** A chain, how far the ledger has it, and what it needs. */
export interface UnlikeEnds {
  run: LastRun;
  ledger: ChainEnd;
  mending: Exclude<Mending, { kind: 'nothing' }>;
  /** Messages that the engine gave to a worker to be sent. */
  handedOut: string[];
}

const subjectOf = (chainId: string): string => (chainId === DISTRICT_CHAIN ? '修订的跟踪记录' : `过程 ${chainId}`);

const LOOK = '未作任何改动，该记录暂停办理，请见 docs/operations.md 的 Backups。';

/** `fault`: why it could not be done. */
export function lineOf(
  { run: { chainId }, ledger: { tail, isSealed }, mending }: UnlikeEnds,
  { dryRun, fault }: { dryRun: boolean; fault: string | undefined },
): string {
  const subject = `${subjectOf(chainId)}：`;
  const done = fault === undefined ? (dryRun ? '将' : '已') : '未能';
  const reason = fault === undefined ? '' : `（${fault}）`;
  switch (mending.kind) {
    case 'complete': {
      const last = mending.turns.at(-1)!.entries.at(-1)!.seq;
      return `${subject}台账只到第 ${tail.seq} 条，${done}由流程引擎的历史补全第 ${tail.seq + 1} 至 ${last} 条${reason}。`;
    }
    case 'begin-again': {
      const next = isSealed ? '记录早已归档' : '由台账接着运行';
      return `${subject}流程引擎停在第 ${mending.engineSeq} 条，台账已到第 ${tail.seq} 条，${done}结束引擎中过时的运行，${next}${reason}。`;
    }
    case 'contradiction':
      return `${subject}台账的第 ${mending.seq} 条与流程引擎的不同。${LOOK}`;
    case 'gap':
      return `${subject}台账只到第 ${tail.seq} 条，而第 ${mending.firstSeq} 至 ${mending.lastSeq} 条流程引擎已不再保存。${LOOK}`;
  }
}

export const lineOfUnknown = ({ chainId }: LastRun, fault: string): string =>
  `${subjectOf(chainId)}：台账和流程引擎未能比较（${fault}），未作任何改动。请把这一行和日志交给维护人员。`;

export const lineOfLost = ({ chainId }: Pick<LastRun, 'chainId'>, { tail }: ChainEnd): string =>
  `${subjectOf(chainId)}：流程引擎中没有它的运行，由台账的第 ${tail.seq} 条接着运行。`;
