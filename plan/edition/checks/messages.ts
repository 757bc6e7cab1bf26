import type { YamlPath } from '../../../lib/lined-yaml.js';
import { WARNING_LEVELS } from '../../types.js';
import { isOfChannel, MESSAGE_EVENTS, placeholdersFor } from '../../wording/events.js';
import { type Fault, faultsOf, templateFaults } from '../../wording/faults.js';
import { FRAME } from '../../wording/frame.js';
import type { EditionCheck, Finding } from './finding.js';

const inMessages = (path: YamlPath, reason: string): Finding => ({ in: 'messages', path, reason });

const findingsAt = (path: YamlPath, faults: Fault[]): Finding[] =>
  faults.map(({ part, reason }) => inMessages([...path, part], reason));

/** An unknown placeholder would go out as nothing, to everybody, at night. */
export const messagesCanBeFilledIn: EditionCheck = ({ messages }) =>
  MESSAGE_EVENTS.flatMap((event) => {
    const { levels, ...always } = messages.events[event];
    const placeholders = placeholdersFor(event);
    const path = ['events', event];
    return [
      ...(levels && isOfChannel(event) ? [inMessages([...path, 'levels'], '与级别无关，请删去 levels')] : []),
      ...findingsAt(path, faultsOf(always, placeholders, 'yellow')),
      ...WARNING_LEVELS.flatMap((level) =>
        findingsAt([...path, 'levels', level], faultsOf(levels?.[level] ?? {}, placeholders, level)),
      ),
    ];
  });

export const frameHoldsTheMessage: EditionCheck = ({ messages: { frame } }) => [
  ...['body', 'details'].flatMap((name) =>
    frame.text.split('\n').includes(`{{${name}}}`)
      ? []
      : [inMessages(['frame', 'text'], `请把 {{${name}}} 单独写在一行，否则信中没有这部分内容`)],
  ),
  ...(frame.short.includes('{{body}}') ? [] : [inMessages(['frame', 'short'], '请写上 {{body}}，否则信中没有正文')]),
  ...(/{{(acknowledge|work|view)Link}}/.test(frame.short)
    ? [inMessages(['frame', 'short'], '链接由系统加在最后，单独一行，这里请不要写')]
    : []),
  ...(['text', 'short'] as const).flatMap((part) =>
    templateFaults(frame[part], FRAME).map((reason) => inMessages(['frame', part], reason)),
  ),
];
