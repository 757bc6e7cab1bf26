/** On the first page of an office that is still being set up: how much is left, and where. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { firstStepsTexts as texts } from '../../texts/zh-CN/first-steps.js';
import { isStepDone, STEPS, stepsLeft, useFirstSteps } from './steps.js';
import './first-steps.css';

export function StepsLeft(): ReactNode {
  const { data } = useFirstSteps();
  if (!data || stepsLeft(data) === 0) return null;
  return (
    <section className="notice warn" aria-labelledby="steps-left">
      <h2 id="steps-left">{texts.title}</h2>
      <p>
        {texts.left(stepsLeft(data))}：
        {STEPS.filter((step) => !isStepDone(step, data))
          .map((step) => texts[step].title)
          .join('、')}
      </p>
      <p className="step-links">
        <Link to="/first-steps">{texts.open}</Link>
        {!data.drillHeld && <Link to="/drills/new">{texts.drill.start}</Link>}
      </p>
    </section>
  );
}
