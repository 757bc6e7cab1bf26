/** The office answers what the public asks, and corrects what is told wrongly (§5.2). */
import type { Actor, IssueStatementCommand } from '../commands.js';
import type { EpisodeState } from '../state-types.js';
import { hashOfStatement, statementOf } from '../texts.js';
import { type Decision, draft } from './decision.js';
import { refuse } from './refusals.js';

/** The words of one that stands, again, are that one. */
export function issueStatement(
  state: EpisodeState,
  { about, title, text, corrects, onPublicPages: asked = false }: IssueStatementCommand,
  actor: Actor,
): Decision {
  const { rules } = state.binding;
  const words = { about, title, text, onPublicPages: asked || !state.drill };
  const same = state.statements.find(({ hash, correctedBy }) => !correctedBy && hash === hashOfStatement(words));
  if (same) return { repeats: same.seq };
  if (corrects !== undefined) {
    const before = statementOf(state, corrects);
    if (!before) return refuse('statementUnknown', rules, { statementId: corrects });
    if (before.correctedBy)
      return refuse('statementCorrected', rules, { statementId: corrects, by: before.correctedBy });
  }
  const statementId = `t${state.statements.length + 1}`;
  const data = { statementId, ...words, ...(corrects === undefined ? {} : { corrects }) };
  return [draft('statement.issued', actor, data, { clause: rules.statements })];
}
