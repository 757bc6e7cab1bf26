/** What comes with a notice: the forecast, and the papers themselves. */
import type { ReactNode } from 'react';
import { ProseField, TextField } from '../../shared/forms.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';
import { AttachmentsField } from '../attachments-field.js';
import { MomentField, wrongIn } from '../fields.js';
import type { NoticeFieldsProps } from './notice-draft.js';

const MOST_AQI = 1_000;

export function ForecastFields({ draft, set, wrong }: NoticeFieldsProps): ReactNode {
  return (
    <details>
      <summary>{texts.groups.forecast}</summary>
      <div className="pair">
        <TextField
          label={texts.aqiFrom}
          type="number"
          min={0}
          max={MOST_AQI}
          wrong={wrongIn(wrong, 'notice.forecast.aqi')}
          value={draft.aqiFrom}
          onChange={({ target }) => set({ aqiFrom: target.value })}
        />
        <TextField
          label={texts.aqiUntil}
          type="number"
          min={0}
          max={MOST_AQI}
          value={draft.aqiUntil}
          onChange={({ target }) => set({ aqiUntil: target.value })}
        />
        <MomentField
          label={texts.forecastFrom}
          wrong={wrong['notice.forecast.from']}
          value={draft.forecastFrom}
          onChange={({ target }) => set({ forecastFrom: target.value })}
        />
        <MomentField
          label={texts.forecastUntil}
          wrong={wrong['notice.forecast.until']}
          value={draft.forecastUntil}
          onChange={({ target }) => set({ forecastUntil: target.value })}
        />
      </div>
      <ProseField
        label={texts.forecastText}
        wrong={wrong['notice.forecast.text']}
        value={draft.forecastText}
        onChange={({ target }) => set({ forecastText: target.value })}
      />
    </details>
  );
}

export const NoticePapers = ({ draft, set, wrong }: NoticeFieldsProps): ReactNode => (
  <AttachmentsField
    label={texts.attachments}
    hint={texts.attachmentsHint}
    wrong={wrongIn(wrong, 'notice.attachmentIds')}
    attachments={draft.attachments}
    onChange={(attachments) => set({ attachments })}
  />
);
