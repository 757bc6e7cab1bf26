/** Text with `{number}`, `{text}` and `{key}` in it. The configuration refuses other names in braces. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [name: string]: Template };

export interface Values {
  number: string;
  text: string;
  key: string;
}

/** Fills the values in. A value is never read as a template. */
export function fill(template: Template, values: Values): Template {
  if (typeof template === 'string') return fillText(template, values);
  if (template === null || typeof template !== 'object') return template;
  if (isList(template)) return template.map((each) => fill(each, values));
  return Object.fromEntries(Object.entries(template).map(([name, each]) => [name, fill(each, values)]));
}

export const fillAll = (templates: Readonly<Record<string, string>>, values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(templates).map(([name, text]) => [name, fillText(text, values)]));

/** A text ends with its link: what the gateway's template has behind it starts a new line, or it would be a part of the link. */
const fillText = (text: string, values: Values): string =>
  text
    .replaceAll(/\{text\}(?=\S)/g, ENDS_WITH_LINK.test(values.text) ? '{text}\n' : '{text}')
    .replaceAll(/\{(number|text|key)\}/g, (_, name: keyof Values) => values[name]);

const ENDS_WITH_LINK = /https?:\/\/\S+$/;

const isList = (template: object): template is readonly Template[] => Array.isArray(template);
