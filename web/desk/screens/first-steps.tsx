/** What has to be set up before the first episode: what is done, what is left, and where each is done. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { openSession } from '../../shared/account.js';
import { Chip } from '../../shared/chips.js';
import { useObserved } from '../../shared/observed.js';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { firstStepsTexts as texts } from '../../texts/zh-CN/first-steps.js';
import { PasswordStep } from '../first-steps/password-step.js';
import {
  type FirstStepsState,
  isStepDone,
  STEPS,
  type StepName,
  stepsLeft,
  useFirstSteps,
} from '../first-steps/steps.js';
import '../administration/administration.css';
import '../first-steps/first-steps.css';

interface StepProps {
  state: FirstStepsState;
  isAdministrator: boolean;
}

const BODIES: Record<StepName, (props: StepProps) => ReactNode> = {
  passwords: ({ state, isAdministrator }) => <PasswordStep {...state.passwords} isAdministrator={isAdministrator} />,
  contacts: ContactsStep,
  channels: ChannelsStep,
  roster: RosterStep,
  drill: DrillStep,
};

export function FirstStepsPage(): ReactNode {
  usePageTitle(texts.title);
  const session = useObserved(openSession);
  const query = useFirstSteps();
  if (session.kind === 'none') return null;
  const isAdministrator = session.account.role === 'administrator';
  return (
    <>
      <h1>{texts.title}</h1>
      <p className="muted page-hint">{texts.hint}</p>
      <Queried query={query}>
        {(state) => (
          <>
            <Left state={state} />
            <ol className="first-steps">
              {STEPS.map((step) => {
                const Body = BODIES[step];
                const isDone = isStepDone(step, state);
                return (
                  <li key={step} className={isDone ? 'panel done' : 'panel'}>
                    <h2>
                      {texts[step].title}{' '}
                      <Chip tone={isDone ? 'good' : 'warn'}>{isDone ? texts.done : texts.todo}</Chip>
                    </h2>
                    <Body state={state} isAdministrator={isAdministrator} />
                  </li>
                );
              })}
            </ol>
          </>
        )}
      </Queried>
    </>
  );
}

function Left({ state }: { state: FirstStepsState }) {
  const left = stepsLeft(state);
  return (
    <p className={left === 0 ? 'notice good' : 'notice warn'} role="status">
      {left === 0 ? texts.allDone : texts.left(left)}
    </p>
  );
}

function ContactsStep({ state: { contacts }, isAdministrator }: StepProps) {
  const { left, unreachable } = contacts;
  return (
    <>
      <p>{left === 0 ? texts.contacts.done : texts.contacts.left(left, unreachable)}</p>
      <p className="step-links">
        {isAdministrator ? (
          <>
            <Link to="/admin/contacts">{texts.contacts.fill}</Link>
            <Link to="/admin/import">{texts.contacts.import}</Link>
          </>
        ) : (
          <>
            <Link to="/readiness">{texts.contacts.look}</Link>
            <span className="muted">{texts.contacts.byAdministrator}</span>
          </>
        )}
      </p>
    </>
  );
}

function ChannelsStep({ state }: StepProps) {
  const { missing, untested, ill } = state.channels;
  const lines = [
    [missing, texts.channels.missing],
    [untested, texts.channels.untested],
    [ill, texts.channels.ill],
  ] as const;
  const said = lines.flatMap(([names, words]) => (names.length > 0 ? [words(names.join('、'))] : []));
  return (
    <>
      {said.length === 0 ? <p>{texts.channels.done}</p> : said.map((line) => <p key={line}>{line}</p>)}
      <p className="step-links">
        <Link to="/admin/channels">{texts.channels.test}</Link>
      </p>
    </>
  );
}

function RosterStep({ state: { gaps }, isAdministrator }: StepProps) {
  return (
    <>
      <p>{gaps === 0 ? texts.roster.done : texts.roster.left(gaps)}</p>
      <p className="step-links">
        <Link to="/readiness">{texts.roster.look}</Link>
        {isAdministrator ? (
          <span className="muted">{texts.roster.byOffice}</span>
        ) : (
          <Link to="/admin/import">{texts.contacts.import}</Link>
        )}
      </p>
    </>
  );
}

function DrillStep({ state: { drillHeld }, isAdministrator }: StepProps) {
  return (
    <>
      <p>{drillHeld ? texts.drill.done : texts.drill.left}</p>
      <p className="step-links">
        {isAdministrator ? (
          <span className="muted">{texts.drill.byOffice}</span>
        ) : (
          <Link to="/drills/new">{texts.drill.start}</Link>
        )}
      </p>
    </>
  );
}
