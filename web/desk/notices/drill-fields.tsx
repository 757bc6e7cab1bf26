/** How fast a drill runs, and its own shorter times. */
import type { ReactNode } from 'react';
import { TextField } from '../../shared/forms.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';
import { DRILL_TIMES, type DrillTime, type NoticeFieldsProps } from './notice-draft.js';
import { policyValueInWords, usePolicy } from './policy-words.js';

const NAMES = Object.keys(DRILL_TIMES) as DrillTime[];

export function DrillFields({ draft, set, wrong }: NoticeFieldsProps): ReactNode {
  const policy = usePolicy();
  return (
    <fieldset>
      <legend>{texts.groups.drill}</legend>
      <TextField
        label={texts.timeScale}
        hint={texts.timeScaleHint}
        type="number"
        min={1}
        max={86_400}
        required
        wrong={wrong['drill.timeScale']}
        value={draft.timeScale}
        onChange={({ target }) => set({ timeScale: target.value })}
      />
      <details open={NAMES.some((name) => wrong[`drill.policy.${name}`] !== undefined) || undefined}>
        <summary>{texts.drillPolicy}</summary>
        <p className="small muted">{texts.drillPolicyHint}</p>
        <div className="pair">
          {NAMES.map((name) => {
            const item = policy.data?.items.find((one) => one.name === name);
            return (
              <TextField
                key={name}
                label={`${item?.label ?? name}${texts.drillUnits[DRILL_TIMES[name]]}`}
                hint={item && texts.drillPolicyNow(policyValueInWords(item.value))}
                {...(DRILL_TIMES[name] === 'clock' ? { type: 'time' } : { type: 'number', min: 1 })}
                wrong={wrong[`drill.policy.${name}`]}
                value={draft.policy[name] ?? ''}
                onChange={({ target }) => set({ policy: { ...draft.policy, [name]: target.value } })}
              />
            );
          })}
        </div>
      </details>
    </fieldset>
  );
}
