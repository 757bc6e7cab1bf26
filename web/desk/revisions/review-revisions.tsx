/** What the review asks to be revised: one card for each, with its owner and its day. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { fromWallTime, momentInWords, wallTimeOf } from '../../shared/beijing.js';
import { type Choice, ProseField, SelectField } from '../../shared/forms.js';
import { revisionTexts } from '../../texts/zh-CN/revisions.js';
import { ClockField } from '../acts/clock-field.js';
import { choicesOf } from '../fields.js';

const texts = revisionTexts.review;

type Asked = NonNullable<Schemas['ReviewRequest']['revisions']>[number];

/** As it is typed; the office is the owner without a unit. */
export interface RevisionDraft {
  id: number;
  what: Asked['what'];
  text: string;
  unitId: string;
  due: string;
}

export const revisionDrafts = (asked: readonly Asked[] = []): RevisionDraft[] =>
  asked.map(({ what, text, unitId = '', dueAt }, id) => ({ id, what, text, unitId, due: wallTimeOf(dueAt) }));

export const askedIn = (drafts: readonly RevisionDraft[]): Asked[] =>
  drafts.map(({ what, text, unitId, due }) => ({
    what,
    text,
    dueAt: due && fromWallTime(due),
    ...(unitId && { unitId }),
  }));

interface RevisionFieldsProps {
  drill: boolean;
  units: readonly Choice[];
  drafts: readonly RevisionDraft[];
  wrong: Record<string, string>;
  onChange: (drafts: RevisionDraft[]) => void;
}

export function RevisionFields({ drill, units, drafts, wrong, onChange }: RevisionFieldsProps): ReactNode {
  const change = (id: number, changes: Partial<RevisionDraft>) =>
    onChange(drafts.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  const next = Math.max(-1, ...drafts.map(({ id }) => id)) + 1;
  return (
    <fieldset className="panel">
      <legend>{texts.title}</legend>
      <p className="muted small">{texts.hint}</p>
      {drafts.map(({ id, what, text, unitId, due }, i) => (
        <fieldset key={id} className="panel">
          <legend>{texts.name(i + 1)}</legend>
          <SelectField
            label={texts.what}
            wrong={wrong[`revisions.${i}.what`]}
            choices={choicesOf(revisionTexts.whats)}
            value={what}
            onChoice={(chosen) => change(id, { what: chosen as Asked['what'] })}
          />
          <ProseField
            label={texts.text}
            required
            wrong={wrong[`revisions.${i}.text`]}
            value={text}
            onChange={({ target }) => change(id, { text: target.value })}
          />
          <SelectField
            label={texts.owner}
            wrong={wrong[`revisions.${i}.unitId`]}
            choices={[{ value: '', label: revisionTexts.office }, ...units]}
            value={unitId}
            onChoice={(chosen) => change(id, { unitId: chosen })}
          />
          <ClockField
            drill={drill}
            label={texts.due}
            wrong={wrong[`revisions.${i}.dueAt`]}
            value={due}
            onChange={(time) => change(id, { due: time })}
          />
          <button type="button" className="button" onClick={() => onChange(drafts.filter((one) => one.id !== id))}>
            {texts.remove}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => onChange([...drafts, { id: next, what: 'plan', text: '', unitId: '', due: '' }])}
      >
        {texts.add}
      </button>
    </fieldset>
  );
}

/** The same of a review that is published. */
export const RevisionsAsked = ({ asked, units }: { asked: readonly Asked[]; units: readonly Choice[] }): ReactNode => (
  <section>
    <h3>{texts.title}</h3>
    <ul>
      {asked.map(({ what, text, unitId, dueAt }) => (
        <li key={`${what} ${text}`}>
          {revisionTexts.whats[what]}：{text}（
          {units.find(({ value }) => value === unitId)?.label ?? unitId ?? revisionTexts.office}，{momentInWords(dueAt)}
          ）
        </li>
      ))}
    </ul>
  </section>
);
