/**
 * Histories of every kind of life, stored once and never rewritten, replay on today's workflow. A kind that is not
 * stored yet is recorded by test/kinds-of-life*.test.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import proto from '@temporalio/proto';
import { bundleWorkflowCode } from '@temporalio/worker';
import { chainWorkflowId } from '../workflows/contract.js';
import { replay } from './support/backend.js';
import { ROOT } from './support/child.js';
import { decidedOtherwise, recordedRun, turnsDecidedOtherwise } from './support/decide-again.js';
import { workflowBundle } from './support/workflow-bundle.js';

const FOLDER = path.join(ROOT, 'test/histories');
const KINDS = [
  ...['quiet', 'suspended', 'adjusted', 'late', 'lifted-early', 'circulated', 'continued'],
  ...['chased', 'handed-through', 'busy', 'chased-on'],
  ...['published', 'handed-over', 'handed-over-district', 'followed-on', 'followed-on-district'],
];
const stored = readdirSync(FOLDER).filter((file) => file.endsWith('.pb.gz'));
const historyIn = (file: string) =>
  proto.temporal.api.history.v1.History.decode(gunzipSync(readFileSync(path.join(FOLDER, file))));
const episodeOf = (file: string) => chainWorkflowId(file.split('.')[0]!);

let bundle: string;
beforeAll(async () => {
  bundle = await workflowBundle();
});

describe('stored histories', () => {
  test('there is one of every kind of life', () => {
    const kinds = new Set(stored.map((file) => file.split('.')[0]));
    expect([...kinds].sort()).toEqual([...KINDS].sort());
  });

  const readAll = () => stored.map((file) => ({ workflowId: episodeOf(file), history: historyIn(file) }));

  test('all replay on today’s workflow', async () => {
    expect(await replay({ codePath: bundle }, readAll())).toEqual([]);
  });

  test('all are decided alike by today’s rules', async () => {
    expect(await turnsDecidedOtherwise(readAll())).toEqual([]);
  });

  test('a turn that was decided otherwise is found', async () => {
    const run = await recordedRun(readAll().find(({ workflowId }) => workflowId.endsWith('quiet'))!.history);
    expect(decidedOtherwise(run)).toEqual([]);
    const appends = run.appends.map((append, i) => (i === 1 ? { ...append, now: append.now + 60_000 } : append));
    expect(decidedOtherwise({ ...run, appends })[0]).toBe(appends[1]!.entries[0]!.seq);
  });

  test('none replays after a change that is not versioned', async () => {
    const workflowsPath = path.join(ROOT, 'test/support/incompatible-workflow.js');
    const { code } = await bundleWorkflowCode({ workflowsPath });
    const firstRuns = readAll().filter((_, i) => stored[i]!.includes('.1.'));
    expect(await replay({ code }, firstRuns)).toHaveLength(firstRuns.length);
  });
});
