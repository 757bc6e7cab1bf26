/** The episode on a clock that a test sets wrong, for test/clock-back.test.ts. */
import { defineSignal, setHandler } from '@temporalio/workflow';
import { episode as today } from '../../dist/workflows/episode.js';

export async function episode(input) {
  let wrongBy = 0;
  setHandler(defineSignal('setClock'), (milliseconds) => {
    wrongBy = milliseconds;
  });
  // The engine's own is frozen.
  const EngineDate = Date;
  function WrongDate(...given) {
    return new EngineDate(...(given.length > 0 ? given : [WrongDate.now()]));
  }
  WrongDate.now = () => EngineDate.now() + wrongBy;
  WrongDate.parse = EngineDate.parse;
  WrongDate.UTC = EngineDate.UTC;
  globalThis.Date = WrongDate;
  await today(input);
}
