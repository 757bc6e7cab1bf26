/** One unit in an episode, as the office sees it, and what the office does for it. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import type { EpisodeClockFace } from '../../shared/clock.js';
import { tellNews } from '../../shared/news.js';
import { Queried } from '../../shared/states.js';
import { unitTexts as texts } from '../../texts/zh-CN/unit.js';
import { CancelTaskDialog } from '../acts/cancel-task-dialog.js';
import { TaskDialog } from '../acts/task-dialog.js';
import { useBoardClock } from '../board-view.js';
import { People } from '../duty/people.js';
import { UnitStanding } from '../duty/standing.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { OnBehalfDialog } from '../episode/on-behalf-dialog.js';
import { type TaskDeed, type TaskOfUnit, UnitTasks } from '../episode/unit-tasks.js';
import { useBoard, usePeople } from '../episode-queries.js';
import { ofEpisode } from '../queries.js';
import { useIsOffice } from '../role.js';

const route = getRouteApi('/episodes/$episodeId/units/$unitId');

type UnitPage = Schemas['UnitPage'];
type Act = 'add' | 'acknowledge' | 'implement' | { deed: TaskDeed; task: TaskOfUnit } | { cancels: TaskOfUnit };

export function UnitOfEpisodePage(): ReactNode {
  const { episodeId, unitId } = route.useParams();
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'unit', unitId),
    queryFn: () =>
      answered(api.GET('/api/v1/episodes/{episodeId}/units/{unitId}', { params: { path: { episodeId, unitId } } })),
  });
  return (
    <EpisodeFrame episodeId={episodeId} title={query.data?.name ?? ''}>
      {({ drill }, clock) => (
        <Queried query={query}>{(unit) => <UnitInEpisode drill={drill} unit={unit} clock={clock} />}</Queried>
      )}
    </EpisodeFrame>
  );
}

function UnitInEpisode({ drill, unit, clock }: { drill: boolean; unit: UnitPage; clock: EpisodeClockFace }) {
  const isOffice = useIsOffice();
  const [act, setAct] = useState<Act>();
  const [done, setDone] = useState<string>();
  const now = useBoardClock(clock);
  const { episodeId, unitId } = unit;
  const itself = [{ value: unitId, label: unit.name }];
  const dialog = {
    episodeId,
    drill,
    onClose: () => setAct(undefined),
    onDone: (what: string, seq: number) => {
      setAct(undefined);
      setDone(texts.act.done(what, seq));
      tellNews(episodeId);
    },
  };
  const onRow = useBoard(episodeId).data?.units.find((row) => row.unitId === unitId);
  return (
    <div className="two-columns">
      <div>
        <section className="panel" aria-labelledby="tasks">
          <header className="section-head">
            <h2 id="tasks">{texts.tasks}</h2>
            {isOffice && (
              <button type="button" className="button not-printed" onClick={() => setAct('add')}>
                {texts.act.add}
              </button>
            )}
          </header>
          {unit.tasks.length === 0 ? (
            <p className="muted">{texts.noTasks}</p>
          ) : (
            <UnitTasks
              tasks={unit.tasks}
              now={now}
              begin={
                isOffice ? (deed, task) => setAct(deed === 'cancel' ? { cancels: task } : { deed, task }) : undefined
              }
            />
          )}
        </section>
      </div>
      <div>
        {done !== undefined && (
          <p className="notice good" role="status">
            {done}
          </p>
        )}
        <section className="panel">
          {onRow && <UnitStanding unit={onRow} now={now} />}
          {isOffice && (
            <div className="actions">
              <button type="button" className="button" onClick={() => setAct('acknowledge')}>
                {texts.act.acknowledge}
              </button>
              <button type="button" className="button" onClick={() => setAct('implement')}>
                {texts.act.implement}
              </button>
            </div>
          )}
          {isOffice && <PeopleOf unitId={unitId} />}
          {unit.openProblems.length > 0 && (
            <section aria-labelledby="problems">
              <h3 id="problems">{texts.problems}</h3>
              <ul className="lines">
                {unit.openProblems.map(({ problemId, what, where }) => (
                  <li key={problemId}>
                    {what}（{where}）
                  </li>
                ))}
              </ul>
            </section>
          )}
        </section>
      </div>
      {act === 'add' && <TaskDialog {...dialog} units={itself} />}
      {isCancelling(act) && <CancelTaskDialog {...dialog} task={act.cancels} units={itself} />}
      {act !== undefined && act !== 'add' && !isCancelling(act) && <ForUnitDialog {...dialog} act={act} unit={unit} />}
    </div>
  );
}

const isCancelling = (act: Act | undefined): act is { cancels: TaskOfUnit } =>
  typeof act === 'object' && 'cancels' in act;

const PeopleOf = ({ unitId }: { unitId: string }) => (
  <Queried query={usePeople(unitId)}>{(found) => <People {...found} />}</Queried>
);

interface ForUnitDialogProps {
  act: Exclude<Act, 'add' | { cancels: TaskOfUnit }>;
  drill: boolean;
  unit: UnitPage;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

const { deeds, ...acts } = texts.act;

function ForUnitDialog({ act, drill, unit: { episodeId, unitId, name }, onClose, onDone }: ForUnitDialogProps) {
  const isOfTask = typeof act !== 'string';
  const kind = isOfTask ? act.deed : act;
  const what = isOfTask ? deeds[act.deed] : acts[act];
  return (
    <OnBehalfDialog
      name={`${episodeId}/${unitId}/${isOfTask ? `${act.task.taskId}/` : ''}${kind}`}
      title={`${what}：${name}`}
      what={`${isOfTask ? `“${act.task.do ?? act.task.text}”。` : ''}${acts.what[kind]}`}
      drill={drill}
      says={acts.says[kind]}
      onClose={onClose}
      onDone={(seq) => onDone(what, seq)}
      send={(said, caller, key) =>
        isOfTask
          ? sayOfTask(act.deed, { episodeId, unitId, taskId: act.task.taskId }, said, caller, key)
          : sayForUnit(act, { episodeId, unitId }, said, caller, key)
      }
    />
  );
}

interface OfUnit {
  episodeId: string;
  unitId: string;
}

function sayForUnit(act: 'acknowledge' | 'implement', path: OfUnit, text: string, caller: string, key: string) {
  const params = { path, header: under(key) };
  const onBehalf = { caller };
  return act === 'acknowledge'
    ? answered(api.POST('/api/v1/episodes/{episodeId}/units/{unitId}/acknowledgement', { params, body: { onBehalf } }))
    : answered(
        api.POST('/api/v1/episodes/{episodeId}/units/{unitId}/implementation-reports', {
          params,
          body: { text, onBehalf },
        }),
      );
}

const TASK = '/api/v1/episodes/{episodeId}/units/{unitId}/tasks/{taskId}';
const REASONED = {
  'not-applicable': `${TASK}/not-applicable`,
  withdraw: `${TASK}/withdrawal`,
  applicable: `${TASK}/not-applicable/withdrawal`,
} as const;

function sayOfTask(deed: TaskDeed, path: OfUnit & { taskId: string }, said: string, caller: string, key: string) {
  const params = { path, header: under(key) };
  const onBehalf = { caller };
  if (deed === 'complete')
    return answered(api.POST(`${TASK}/completion`, { params, body: { note: said, attachmentIds: [], onBehalf } }));
  return answered(api.POST(REASONED[deed], { params, body: { reason: said, onBehalf } }));
}
