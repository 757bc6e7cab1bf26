/** How an episode stands now, for whoever was typing when it moved. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { LevelChip } from '../../shared/chips.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';

export function EpisodeStanding({ phase, warningLevel, notices }: Schemas['Episode']): ReactNode {
  const last = notices[notices.length - 1]!;
  return (
    <p>
      <LevelChip level={warningLevel} />{' '}
      {texts.movedNow(commonTexts.phases[phase], last.name, momentInWords(last.enteredAt))}
    </p>
  );
}
