/** What a notice will do when it is entered: levels, people, tasks, deadlines, and what to look at first. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip, LevelChip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';

export type NoticePreview = Schemas['NoticePreview'];

export function PreviewView({ preview }: { preview: NoticePreview }): ReactNode {
  const { level, effectiveAt, inForce, withoutResponse, warnings, remarks = [] } = preview;
  return (
    <div className="preview">
      <dl className="facts">
        <div>
          <dt>{texts.before}</dt>
          <dd>{level.before ? <LevelChip level={level.before.warningLevel} /> : texts.none}</dd>
        </div>
        <div>
          <dt>{texts.after}</dt>
          <dd>
            {level.after ? <LevelChip level={level.after.warningLevel} /> : texts.none}{' '}
            {effectiveAt && (inForce ? texts.inForce : texts.later)(momentInWords(effectiveAt))}
          </dd>
        </div>
      </dl>
      {withoutResponse && <p>{texts.withoutResponse}</p>}
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      {remarks.length > 0 && (
        <ul className="notice">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <div className="preview-columns">
        <Recipients {...preview.recipients} />
        <DueTimes preview={preview} />
        <Tasks {...preview.tasks} />
      </div>
    </div>
  );
}

/** Rare ones first; one kind that many units share is folded. */
const WARNINGS = ['overtakes', 'entered-late', 'text', 'channel-ill', 'unreachable', 'roster-gap'] as const;

function Warnings({ warnings }: Pick<NoticePreview, 'warnings'>) {
  return (
    <section className="notice warn">
      <h3>{texts.warnings}</h3>
      {WARNINGS.map((kind) => {
        const alike = warnings.filter((one) => one.kind === kind);
        return (
          alike.length > 0 && (
            <details key={kind} open={alike.length <= FEW}>
              <summary>{texts.warningsOf(texts.warningKinds[kind], alike.length)}</summary>
              <ul>
                {alike.map(({ detail, unitId }) => (
                  <li key={`${unitId} ${detail}`}>{detail}</li>
                ))}
              </ul>
            </details>
          )
        );
      })}
    </section>
  );
}

const channelName = (channel: string): string => dutyTexts.channels[channel] ?? channel;

function Recipients({ units, people, byChannel, besides, unreachable, items }: NoticePreview['recipients']) {
  return (
    <section>
      <h3>{texts.recipients}</h3>
      <p>
        <strong>{texts.people(units, people)}</strong>
      </p>
      <p>
        {byChannel.map(({ channel, people: count }) => (
          <Chip key={channel}>{texts.byChannel(channelName(channel), count)}</Chip>
        ))}
      </p>
      {besides.length > 0 && <p>{texts.besides(besides.map(({ name }) => name).join('、'))}</p>}
      {unreachable.length > 0 && (
        <details open={unreachable.length <= FEW}>
          <summary className="bad-words">{texts.unreachable(unreachable.length)}</summary>
          <ul className="lines">
            {unreachable.map(({ unitId, name, contactId, person, reason }) => (
              <li key={`${unitId} ${contactId}`}>
                {name} · {person ?? texts.wholeUnit}：{texts.reasons[reason]}
              </li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>{texts.everybody}</summary>
        <ul className="lines">
          {items.map(({ unitId, name, people: told }) => (
            <li key={unitId}>
              <strong>{name}</strong>{' '}
              {told.map(({ contactId, name: person, onDuty, channels }) => (
                <span key={contactId} className="muted">
                  {person}
                  {onDuty && `（${texts.onDuty}）`} {channels.map(channelName).join('、')}；
                </span>
              ))}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

const FEW = 8;
const CHANGES = ['new', 'tightened', 'continued', 'eased', 'ended'] as const;

function Tasks({ counts, words, items }: NoticePreview['tasks']) {
  const wordsOf = new Map(words.map((task) => [task.taskId, task]));
  return (
    <section>
      <h3>{texts.tasks}</h3>
      <p>
        {CHANGES.filter((change) => counts[change] > 0).map((change) => (
          <Chip key={change}>
            {texts.changes[change]} {counts[change]}
          </Chip>
        ))}
      </p>
      <details>
        <summary>{texts.ofUnits}</summary>
        {items.map((unit) => (
          <details key={unit.unitId} className="inner">
            <summary>
              {unit.name}{' '}
              {CHANGES.filter((change) => unit[change].length > 0).map((change) => (
                <span key={change} className="muted">
                  {texts.changes[change]}
                  {unit[change].length}{' '}
                </span>
              ))}
            </summary>
            <ul className="lines">
              {CHANGES.flatMap((change) =>
                unit[change].map((taskId) => (
                  <li key={`${change} ${taskId}`}>
                    {texts.changes[change]} · {texts.clauseOf(wordsOf.get(taskId)?.clause ?? '')}{' '}
                    {wordsOf.get(taskId)?.text ?? taskId}
                  </li>
                )),
              )}
            </ul>
          </details>
        ))}
      </details>
    </section>
  );
}

function DueTimes({ preview: { dueTimes, ends = [] } }: { preview: NoticePreview }) {
  return (
    <section>
      <h3>{texts.due}</h3>
      <ul className="lines">
        {dueTimes.map(({ deadline, dueAt, date, units }) => (
          <li key={`${deadline} ${dueAt} ${date}`}>
            <strong>
              <Timestamp at={dueAt} />
            </strong>{' '}
            {texts.deadlines[deadline]}，{units === undefined ? texts.ofOffice : texts.units(units)}
          </li>
        ))}
      </ul>
      {ends.length > 0 && (
        <>
          <h3>{texts.endsTitle}</h3>
          <ul className="lines">
            {ends.map(({ deadline, units }) => (
              <li key={deadline}>
                {texts.deadlines[deadline]}，{texts.units(units)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
