/** Finds the faults of a template, in words for its author. */
import mustache from 'mustache';
import type { WarningLevel } from '../types.js';
import { type Placeholders, samplesAt } from './placeholders.js';
import { passingWriter, renderWording } from './render.js';
import { PARTS, type Part, type Wording } from './templates.js';

export interface Fault {
  part: Part;
  /** One line in Chinese that says what to change. */
  reason: string;
}

/** An SMS of 120 characters and a link can be read at a glance, at three in the morning too. */
const LONGEST_SHORT = 120;

/** Every fault of an event's wording, which may be incomplete. */
export const faultsOf = (wording: Partial<Wording>, placeholders: Placeholders, level: WarningLevel): Fault[] =>
  PARTS.flatMap((part) => {
    const template = wording[part];
    if (template === undefined) return [];
    const reasons = templateFaults(template, placeholders);
    if (part === 'short' && reasons.length === 0) reasons.push(...lengthFaults(template, placeholders, level));
    return reasons.map((reason) => ({ part, reason }));
  });

export function templateFaults(template: string, placeholders: Placeholders): string[] {
  // A real message would be taken for a drill's, and a drill's would be marked twice (§8.2).
  const marks = template.includes('演练') ? ['演练的标记由系统加在最前面，模板中请不要写“演练”'] : [];
  try {
    return [...marks, ...tokenFaults(new mustache.Writer().parse(template), placeholders)];
  } catch (error) {
    return [...marks, `占位符写法有误，请检查双花括号是否成对、段落是否闭合：${(error as Error).message}`];
  }
}

type Token = [type: string, name: string, start: number, end: number, inner?: Token[]];

/** Deeper sections add nothing, and a list within itself grows without bounds. */
const DEEPEST = 4;

const tokenFaults = (tokens: Token[], known: Placeholders, around: readonly string[] = []): string[] =>
  tokens.flatMap(([type, name, , , inner]) => {
    if (type === 'text' || type === '!') return [];
    // They would put a value in as markup.
    if (type === '{' || type === '&') return [`请写成 {{${name}}}，不要用三个花括号或 &`];
    if (type === '>' || type === '=') return [`不支持 {{${type}${name}}} 这种写法，请删去`];
    const placeholder = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!placeholder) return [`没有占位符“${name}”，可用的有：${Object.keys(known).join('、')}`];
    if (inner && around.includes(name)) return [`“${name}”写在了自己的段落里，请删去一层`];
    if (inner && around.length === DEEPEST) return [`段落嵌套不能超过${DEEPEST}层，请精简“${name}”`];
    if (inner) {
      const within = placeholder.kind === 'list' ? { ...known, ...placeholder.each } : known;
      return tokenFaults(inner, within, [...around, name]);
    }
    return placeholder.kind === 'list' ? [`“${name}”有多行，请写成 {{#${name}}}…{{/${name}}}`] : [];
  });

function lengthFaults(short: string, placeholders: Placeholders, level: WarningLevel): string[] {
  const rendered = renderWording(
    { subject: '', text: '', details: '', short },
    samplesAt(placeholders, level),
    passingWriter(),
  );
  const { length } = [...rendered.short];
  return length > LONGEST_SHORT ? [`短信文字不能超过${LONGEST_SHORT}字（按示例为${length}字），请精简`] : [];
}
