/** The fields of a notice in the order in which the city writes them, with its text beside. */
import type { ReactNode } from 'react';
import { wallTimeOf } from '../../shared/beijing.js';
import { ProseField, TextField } from '../../shared/forms.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';
import { ChoiceField, choicesOf, MomentField } from '../fields.js';
import { DrillFields } from './drill-fields.js';
import type { NoticeDraft, NoticeFieldsProps } from './notice-draft.js';
import { ForecastFields, NoticePapers } from './paper-fields.js';

export function NoticeFields(props: NoticeFieldsProps): ReactNode {
  const { act, draft, set, wrong } = props;
  return (
    <div className="notice-form">
      <div>
        <fieldset>
          <legend>{texts.groups.notice}</legend>
          <TextField
            label={texts.number}
            hint={texts.numberHint}
            wrong={wrong['notice.number']}
            value={draft.number}
            onChange={({ target }) => set({ number: target.value })}
          />
          <Received {...props} />
          <TextField
            label={texts.issuer}
            required
            wrong={wrong['notice.issuer']}
            value={draft.issuer}
            onChange={({ target }) => set({ issuer: target.value })}
          />
          <Times {...props} />
          <ChoiceField
            label={texts.basis}
            wrong={wrong['notice.basis']}
            choices={choicesOf(texts.bases)}
            value={draft.basis}
            onChoice={(basis) => set({ basis: basis as NoticeDraft['basis'] })}
          />
        </fieldset>
        {act === 'drill' && <DrillFields {...props} />}
      </div>
      <div>
        {act !== 'lift' && <Levels {...props} />}
        <fieldset>
          <legend>{texts.groups.papers}</legend>
          <ProseField
            label={texts.text}
            hint={texts.textHint}
            rows={act === 'lift' ? 12 : 8}
            wrong={wrong['notice.text']}
            value={draft.text}
            onChange={({ target }) => set({ text: target.value })}
          />
          <NoticePapers {...props} />
          <ForecastFields {...props} />
          <div className="pair">
            <TextField
              label={texts.ownNumber}
              wrong={wrong['notice.ownNotice.number']}
              value={draft.ownNumber}
              onChange={({ target }) => set({ ownNumber: target.value })}
            />
            <TextField
              label={texts.ownTitle}
              wrong={wrong['notice.ownNotice.title']}
              value={draft.ownTitle}
              onChange={({ target }) => set({ ownTitle: target.value })}
            />
          </div>
        </fieldset>
      </div>
    </div>
  );
}

function Received({ draft, set, wrong }: NoticeFieldsProps) {
  return (
    <>
      <ChoiceField
        label={texts.received}
        choices={choicesOf(texts.receivedBy)}
        value={draft.receivedBy}
        onChoice={(by) => set({ receivedBy: by as NoticeDraft['receivedBy'] })}
      />
      {draft.receivedBy !== 'document' && (
        <div className="pair">
          <TextField
            label={texts.receivedFrom}
            hint={texts.receivedFromHint}
            wrong={wrong['notice.received.from']}
            value={draft.receivedFrom}
            onChange={({ target }) => set({ receivedFrom: target.value })}
          />
          <MomentField
            label={texts.receivedAt}
            wrong={wrong['notice.received.at']}
            value={draft.receivedAt}
            onChange={({ target }) => set({ receivedAt: target.value })}
          />
        </div>
      )}
    </>
  );
}

function Times({ draft, set, wrong, now, isDrillTime }: NoticeFieldsProps) {
  const named = (label: string) => (isDrillTime ? label.replace(commonTexts.beijing, texts.drillTime) : label);
  return (
    <div className="pair">
      <MomentField
        label={named(texts.issuedAt)}
        required
        wrong={wrong['notice.issuedAt']}
        value={draft.issuedAt}
        onChange={({ target }) => set({ issuedAt: target.value })}
        beside={
          <button type="button" className="link-button" onClick={() => set({ issuedAt: wallTimeOf(now()) })}>
            {texts.now}
          </button>
        }
      />
      <MomentField
        label={named(texts.effectiveAt)}
        hint={texts.effectiveAtHint}
        wrong={wrong['notice.effectiveAt']}
        value={draft.effectiveAt}
        onChange={({ target }) => set({ effectiveAt: target.value })}
      />
    </div>
  );
}

function Levels(props: NoticeFieldsProps) {
  const { act, draft, set, wrong } = props;
  return (
    <fieldset>
      <legend>{texts.groups.level}</legend>
      <ChoiceField
        label={texts.cityLevel}
        wrong={wrong.cityLevel}
        choices={choicesOf(commonTexts.levels)}
        value={draft.cityLevel}
        onChoice={(cityLevel) => set({ cityLevel: cityLevel as NoticeDraft['cityLevel'] })}
      />
      <ChoiceField
        label={texts.level}
        wrong={wrong.level}
        choices={[{ value: '', label: texts.sameLevel }, ...choicesOf(commonTexts.levels)]}
        value={draft.level}
        onChoice={(level) => set({ level: level as NoticeDraft['level'] })}
      />
      {draft.level !== '' && draft.level !== draft.cityLevel && (
        <ProseField
          label={texts.reason}
          wrong={wrong.reason}
          value={draft.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      )}
      <ExpectedEnd {...props} />
      {act !== 'adjust' && <WarningWords {...props} />}
    </fieldset>
  );
}

function ExpectedEnd({ act, draft, set, wrong }: NoticeFieldsProps) {
  return (
    <>
      {act === 'adjust' && (
        <ChoiceField
          label={texts.expectedEnd}
          choices={choicesOf(texts.ends)}
          value={draft.end}
          onChoice={(end) => set({ end: end as NoticeDraft['end'] })}
        />
      )}
      {draft.end === 'set' && (
        <MomentField
          label={texts.expectedEnd}
          wrong={wrong.expectedEndAt}
          value={draft.expectedEndAt}
          onChange={({ target }) => set({ expectedEndAt: target.value })}
        />
      )}
    </>
  );
}

const WARNING_WORDS = ['extent', 'affectedArea', 'danger', 'advice'] as const;

function WarningWords({ draft, set, wrong }: NoticeFieldsProps) {
  return (
    <>
      <TextField
        label={texts.pollutant}
        hint={texts.pollutantHint}
        required
        wrong={wrong.primaryPollutant}
        value={draft.pollutant}
        onChange={({ target }) => set({ pollutant: target.value })}
      />
      <details>
        <summary>{texts.groups.warning}</summary>
        {WARNING_WORDS.map((name) => (
          <ProseField
            key={name}
            label={texts[name]}
            wrong={wrong[name]}
            value={draft[name]}
            onChange={({ target }) => set({ [name]: target.value })}
          />
        ))}
      </details>
    </>
  );
}
