/** The numbers of notices that completed turns took. */
import { type NoticeClaim, numberScopeOf } from '../../ledger/notices.js';
import { foldedNumber } from '../../lib/normal/notice-number.js';
import type { AppendInput } from '../../workflows/contract.js';

type Body = AppendInput['commands'][number]['body'];

/** Of the commands that made an entry. Only the request had the hash of its content; that of the command stands for it. */
export const claimsIn = (
  turns: readonly AppendInput[],
  { episodeId, drill }: { episodeId: string; drill: boolean },
): NoticeClaim[] =>
  turns.flatMap(({ commands, applied }) => {
    const made = new Set(applied.map(({ commandId }) => commandId));
    return commands.flatMap(({ commandId, bodyHash, body }) => {
      const taken = numberTaken(body);
      if (taken === undefined || !made.has(commandId)) return [];
      const scope = numberScopeOf(drill, episodeId);
      return [{ ...taken, scope, number: foldedNumber(taken.number), contentHash: bodyHash, commandId, episodeId }];
    });
  });

function numberTaken(body: Body): Pick<NoticeClaim, 'kind' | 'number'> | undefined {
  switch (body.kind) {
    case 'start':
    case 'adjust':
    case 'lift':
      return body.notice.number === undefined ? undefined : { kind: body.kind, number: body.notice.number };
    case 'numberNotice':
      return body.number === undefined ? undefined : { kind: 'number', number: body.number };
    default:
      return undefined;
  }
}
