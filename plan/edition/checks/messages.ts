import type { YamlPath } from '../../../lib/lined-yaml.js';
import { WARNING_LEVELS } from '../../types.js';
import { EVENTS, FRAME, MESSAGE_EVENTS } from '../../wording/events.js';
import { type Fault, faultsOf, templateFaults } from '../../wording/faults.js';
import type { EditionCheck, Finding } from './finding.js';

const inMessages = (path: YamlPath, reason: string): Finding => ({ in: 'messages', path, reason });

const findingsAt = (path: YamlPath, faults: Fault[]): Finding[] =>
  faults.map(({ part, reason }) => inMessages([...path, part], reason));

/** An unknown placeholder would go out as nothing, to everybody, at night. */
export const messagesCanBeFilledIn: EditionCheck = ({ messages }) =>
  MESSAGE_EVENTS.flatMap((event) => {
    const { levels = {}, ...always } = messages.events[event];
    const { placeholders } = EVENTS[event];
    const path = ['events', event];
    return [
      ...findingsAt(path, faultsOf(always, placeholders, 'yellow')),
      ...WARNING_LEVELS.flatMap((level) =>
        findingsAt([...path, 'levels', level], faultsOf(levels[level] ?? {}, placeholders, level)),
      ),
    ];
  });

export const frameHoldsTheMessage: EditionCheck = ({ messages: { frame } }) =>
  (['text', 'short'] as const).flatMap((part) => {
    const missing = frame[part].includes('{{body}}') ? [] : ['请写上 {{body}}，否则信中没有正文'];
    return [...missing, ...templateFaults(frame[part], FRAME)].map((reason) => inMessages(['frame', part], reason));
  });
