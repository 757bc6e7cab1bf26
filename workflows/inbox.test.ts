import { describe, expect, test } from '@jest/globals';
import type { Command, Outcome } from '../episode/commands.js';
import { MAX_BATCH_BYTES, MAX_BATCH_COMMANDS } from './contract.js';
import { Inbox } from './inbox.js';

const command = (commandId: string, text = ''): Command => ({
  commandId,
  bodyHash: '',
  actor: { accountId: 'office', role: 'office' },
  body: { kind: 'submitFollowUp', text },
});
const nobody = () => {};
const filledWith = (...commands: Command[]): Inbox => {
  const inbox = new Inbox();
  for (const one of commands) inbox.put(one, nobody);
  return inbox;
};
const many = (count: number, text?: string): Command[] =>
  Array.from({ length: count }, (_, n) => command(`${n}`, text));
const idsOf = (taken: ReadonlyArray<{ command: Command }>): string[] => taken.map(({ command }) => command.commandId);
/** Three bytes each. */
const characters = (bytes: number): string => '晴'.repeat(bytes / 3);

describe('the commands of one turn', () => {
  const half = characters(MAX_BATCH_BYTES / 2);
  test.each([
    ['nothing', [], []],
    ['all that have come', many(3), ['0', '1', '2']],
    [
      'at most a hundred',
      many(MAX_BATCH_COMMANDS + 1),
      idsOf(many(MAX_BATCH_COMMANDS).map((command) => ({ command }))),
    ],
    ['no more bytes than one message carries, counted in UTF-8', many(3, half), ['0']],
    ['a command that is larger than that, alone', many(2, characters(3 * MAX_BATCH_BYTES)), ['0']],
  ])('%s', (_what, commands, taken) => {
    const inbox = filledWith(...commands);
    expect(idsOf(inbox.take())).toEqual(taken);
    expect(inbox.isEmpty).toBe(taken.length === commands.length);
  });

  test('as few as the caller wants', () => {
    expect(idsOf(filledWith(...many(3)).take(1))).toEqual(['0']);
  });
});

test('commands that are put back come first, in their order', () => {
  const inbox = filledWith(...many(4));
  const taken = inbox.take(3);
  inbox.put(command('later'), nobody);
  inbox.putBack(taken.slice(1));
  expect(idsOf(inbox.take())).toEqual(['1', '2', '3', 'later']);
});

test('a command is answered by its own outcome', () => {
  const answers: Array<[string, Outcome]> = [];
  const inbox = new Inbox();
  for (const id of ['a', 'b']) inbox.put(command(id), (outcome) => answers.push([id, outcome]));
  const outcome = (seq: number): Outcome => ({ status: 'accepted', seq, repeated: false });
  for (const [i, { answer }] of inbox.take().entries()) answer(outcome(i));
  expect(answers).toEqual([
    ['a', outcome(0)],
    ['b', outcome(1)],
  ]);
});
