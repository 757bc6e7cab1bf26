/** The episode with a pause before it begins: a change that the stored histories must refuse. */
import { sleep } from '@temporalio/workflow';
import { episode as today } from '../../dist/workflows/episode.js';

export async function episode(input) {
  await sleep(1);
  await today(input);
}
