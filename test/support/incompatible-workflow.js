/** The chains with a pause before they begin: a change that the stored histories must refuse. */
import { sleep } from '@temporalio/workflow';
import { districtChain as todaysDistrict } from '../../dist/workflows/district.js';
import { episode as today } from '../../dist/workflows/episode.js';

export async function episode(input) {
  await sleep(1);
  await today(input);
}

export async function districtChain(input) {
  await sleep(1);
  await todaysDistrict(input);
}
