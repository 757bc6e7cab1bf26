/** Text with `{number}`, `{text}` and `{key}` in it. That there is no other name in braces the configuration checks. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [name: string]: Template };

export interface Values {
  number: string;
  text: string;
  key: string;
}

/** The template with the values in their places; a value is never read as a template itself. */
export function fill(template: Template, values: Values): Template {
  if (typeof template === 'string') return fillText(template, values);
  if (template === null || typeof template !== 'object') return template;
  if (isList(template)) return template.map((each) => fill(each, values));
  return Object.fromEntries(Object.entries(template).map(([name, each]) => [name, fill(each, values)]));
}

export const fillAll = (templates: Readonly<Record<string, string>>, values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(templates).map(([name, text]) => [name, fillText(text, values)]));

const fillText = (text: string, values: Values): string =>
  text.replaceAll(/\{(number|text|key)\}/g, (_, name: keyof Values) => values[name]);

const isList = (template: object): template is readonly Template[] => Array.isArray(template);
