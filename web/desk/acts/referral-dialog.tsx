/** The office hands what a unit did late or not at all to those who inspect and discipline (§7). */
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { breachInWords, type UnitBreach } from '../breaches.js';
import { deadlineSubject } from '../deadline-words.js';
import { ChoiceField, choicesOf } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';
import { ManyField } from '../many-field.js';
import { ActDialog } from './act-dialog.js';

const texts = actTexts.referral;

type Body = Schemas['ReferralRequest'];

/** `left`: what is not referred, as its choices are named. */
const EMPTY = { to: 'committee' as Body['to'], reason: '', left: [] as string[] };

export interface ReferralDialogProps {
  episodeId: string;
  drill: boolean;
  unit: { unitId: string; name: string };
  breaches: readonly UnitBreach[];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function ReferralDialog({ episodeId, drill, unit, breaches, onClose, onDone }: ReferralDialogProps): ReactNode {
  // As it was when the dialog was opened: nothing moves under the pointer.
  const [choices] = useState(() =>
    breaches.map((one) => ({ value: `${one.deadline}/${deadlineSubject(one) ?? ''}`, label: breachInWords(one), one })),
  );
  const kept = useKeptDraft(`referral/${episodeId}/${unit.unitId}`, EMPTY);
  const { to, reason, left } = kept.draft;
  const values = choices.map(({ value }) => value);
  const chosen = values.filter((value) => !left.includes(value));
  const about = choices.flatMap(({ value, one }) => {
    const subject = deadlineSubject(one);
    const named = { deadline: one.deadline as Body['about'][number]['deadline'], ...(subject && { subject }) };
    return chosen.includes(value) ? [named] : [];
  });
  return (
    <ActDialog
      title={texts.title(unit.name)}
      drill={drill}
      episodeId={episodeId}
      what={texts.what(unit.name, about.length, texts.whom[to])}
      body={{ unitId: unit.unitId, to, about, reason }}
      send={(body, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/referrals', {
            params: { path: { episodeId }, header: under(key) },
            body,
          }),
        )
      }
      submit={texts.submit}
      tone="danger"
      isEmpty={about.length === 0}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title(unit.name), seq)}
    >
      {(wrong) => (
        <>
          <ChoiceField
            label={texts.to}
            wrong={wrong.to}
            choices={choicesOf(texts.whom)}
            value={to}
            onChoice={(one) => kept.set({ to: one as Body['to'] })}
          />
          <ManyField
            label={texts.about}
            wrong={wrong.about}
            choices={choices}
            chosen={chosen}
            onChange={(now) => kept.set({ left: values.filter((value) => !now.includes(value)) })}
          />
          <ProseField
            label={texts.reason}
            required
            rows={3}
            wrong={wrong.reason}
            value={reason}
            onChange={({ target }) => kept.set({ reason: target.value })}
          />
        </>
      )}
    </ActDialog>
  );
}
