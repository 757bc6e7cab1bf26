/** Several of a list that may be long: with a field that narrows it, and how many are chosen. */
import { type ReactNode, useId, useState } from 'react';
import { type Choice, describedBy, type FieldProps, FieldWords } from '../shared/forms.js';
import { actTexts } from '../texts/zh-CN/acts.js';

const texts = actTexts.many;
const LONG = 12;

export interface ManyFieldProps extends FieldProps {
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

export function ManyField({ label, hint, wrong, choices, chosen, onChange }: ManyFieldProps): ReactNode {
  const id = useId();
  const [words, setWords] = useState('');
  const shown = choices.filter((one) => one.label.includes(words.trim()));
  const values = shown.map(({ value }) => value);
  return (
    <fieldset className="choices many" aria-describedby={describedBy(id, { label, hint, wrong })}>
      <legend>
        {label} <span className="muted">{texts.chosen(chosen.length, choices.length)}</span>
      </legend>
      <div className="many-tools">
        {choices.length > LONG && (
          <input
            className="input"
            type="search"
            aria-label={texts.narrow(label)}
            placeholder={texts.search}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        )}
        <button
          type="button"
          className="link-button"
          onClick={() => onChange([...chosen, ...values.filter((value) => !chosen.includes(value))])}
        >
          {texts.all}
        </button>
        <button
          type="button"
          className="link-button"
          onClick={() => onChange(chosen.filter((value) => !values.includes(value)))}
        >
          {texts.none}
        </button>
      </div>
      {/* Reached by the keyboard through what is in it. */}
      <div className="many-list">
        {shown.map(({ value, label: name }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
            />
            {name}
          </label>
        ))}
        {shown.length === 0 && <span className="muted">{texts.nothing}</span>}
      </div>
      <FieldWords id={id} hint={hint} wrong={wrong} />
    </fieldset>
  );
}
