/** A placeholder of a template: its name, its meaning for the editor of the template, and a sample. */
import type { WarningLevel } from '../types.js';

export interface TextPlaceholder {
  kind: 'text';
  about: string;
  /** May be empty. A template tests it by `{{#name}}…{{/name}}`. */
  optional: boolean;
  sampleAt: (level: WarningLevel) => string;
}

type Texts = Record<string, TextPlaceholder>;
type ValuesIn<Each> = { [name in keyof Each]: string };

/** Rows with values of their own: `{{#name}}…{{/name}}` is repeated for each row. */
export interface ListPlaceholder<Each extends Texts = Texts> {
  kind: 'list';
  about: string;
  each: Each;
  samples: ReadonlyArray<ValuesIn<Each>>;
}

export type Placeholder = TextPlaceholder | ListPlaceholder;
export type Placeholders = Record<string, Placeholder>;

/** The values a caller must give: for every name a text, which may be empty, or rows. */
export type ValuesOf<P extends Placeholders> = {
  [name in keyof P]: P[name] extends ListPlaceholder<infer Each> ? ReadonlyArray<ValuesIn<Each>> : string;
};

export const textPlaceholder = (about: string, sample: string): TextPlaceholder => textAt(about, () => sample);

export const textAt = (about: string, sampleAt: TextPlaceholder['sampleAt']): TextPlaceholder => ({
  kind: 'text',
  about,
  optional: false,
  sampleAt,
});

export const optional = (about: string, sample: string): TextPlaceholder => optionalAt(about, () => sample);

export const optionalAt = (about: string, sampleAt: TextPlaceholder['sampleAt']): TextPlaceholder => ({
  ...textAt(about, sampleAt),
  optional: true,
});

export const list = <Each extends Texts>(
  about: string,
  each: Each,
  samples: ReadonlyArray<ValuesIn<Each>>,
): ListPlaceholder<Each> => ({ kind: 'list', about, each, samples });

/** The sample of every placeholder, for a message at that level. */
export const samplesAt = <P extends Placeholders>(placeholders: P, level: WarningLevel): ValuesOf<P> =>
  Object.fromEntries(
    Object.entries(placeholders).map(([name, placeholder]) => [
      name,
      placeholder.kind === 'list' ? placeholder.samples : placeholder.sampleAt(level),
    ]),
  ) as ValuesOf<P>;
