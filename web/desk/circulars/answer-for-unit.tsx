/** The office acknowledges or answers a circular for a unit that rang. */
import type { ReactNode } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { tellNews } from '../../shared/news.js';
import { circularTexts } from '../../texts/zh-CN/circulars.js';
import { OnBehalfDialog } from '../episode/on-behalf-dialog.js';

const texts = circularTexts.forUnit;
const CIRCULAR = '/api/v1/episodes/{episodeId}/units/{unitId}/circulars/{circularId}';

export interface AnswerForUnitProps {
  act: 'acknowledge' | 'answer';
  path: { episodeId: string; unitId: string; circularId: string };
  name: string;
  drill: boolean;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export const AnswerForUnit = ({ act, path, name, drill, onClose, onDone }: AnswerForUnitProps): ReactNode => (
  <OnBehalfDialog
    name={`${path.episodeId}/${path.unitId}/${path.circularId}/${act}`}
    title={texts.titles[act](name)}
    what={texts.what[act]}
    drill={drill}
    says={act === 'answer' ? texts.says : undefined}
    onClose={onClose}
    onDone={(seq) => {
      tellNews(path.episodeId);
      onDone(texts.titles[act](name), seq);
    }}
    send={(text, caller, key) => {
      const params = { path, header: under(key) };
      const onBehalf = { caller };
      return act === 'acknowledge'
        ? answered(api.POST(`${CIRCULAR}/acknowledgement`, { params, body: { onBehalf } }))
        : answered(api.PUT(`${CIRCULAR}/answer`, { params, body: { text, attachmentIds: [], onBehalf } }));
    }}
  />
);
