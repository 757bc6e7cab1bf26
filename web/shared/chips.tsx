/** Levels and states as a word, a shape and a tint. */
import type { ReactNode } from 'react';
import { commonTexts } from '../texts/zh-CN/common.js';
import type { Schemas } from './api.js';

type Level = Schemas['WarningLevel'];

const RESPONSES = { yellow: 'III', orange: 'II', red: 'I' } as const satisfies Record<Level, Schemas['ResponseLevel']>;
const BARS = { yellow: [1], orange: [1, 2], red: [1, 2, 3] } as const satisfies Record<Level, readonly number[]>;

/** `黄色预警 Ⅲ级` with one, two or three bars. */
export function LevelChip({ level }: { level: Level }) {
  return (
    <span className={`level ${level}`}>
      <span className="bars" aria-hidden="true">
        {BARS[level].map((bar) => (
          <i key={bar} />
        ))}
      </span>
      {commonTexts.levelChip(commonTexts.levels[level], commonTexts.responses[RESPONSES[level]])}
    </span>
  );
}

export type Tone = 'good' | 'bad' | 'warn' | 'plain';

export const Chip = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`chip ${tone}`}>{children}</span>
);

/** Before the name of whatever belongs to a drill. */
export const DrillMark = ({ drill }: { drill: boolean }) =>
  drill ? <span className="drill-mark">{commonTexts.drillMark}</span> : null;

export const DrillStripe = ({ drill }: { drill: boolean }) =>
  drill ? <p className="drill-stripe">{commonTexts.drillStripe}</p> : null;
