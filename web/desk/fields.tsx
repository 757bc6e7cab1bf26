/** Fields of the desk's longer forms, each with the server's words beside it. */
import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { type Choice, describedBy, FieldFrame, type FieldProps, FieldWords } from '../shared/forms.js';

export interface ChoiceFieldProps extends FieldProps {
  choices: readonly Choice[];
  value: string;
  onChoice: (value: string) => void;
}

/** One of a list that is read as a whole. */
export function ChoiceField({ label, hint, wrong, choices, value, onChoice }: ChoiceFieldProps) {
  const id = useId();
  return (
    <fieldset className="choices" aria-describedby={describedBy(id, { label, hint, wrong })}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            name={id}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChoice(choice.value)}
          />
          {choice.label}
        </label>
      ))}
      <FieldWords id={id} hint={hint} wrong={wrong} />
    </fieldset>
  );
}

export const choicesOf = (words: Record<string, string>): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** A moment by Beijing's clock, whatever the device's zone, with a button that fills in the present. */
export function MomentField({
  label,
  hint,
  wrong,
  beside,
  ...input
}: FieldProps & InputHTMLAttributes<HTMLInputElement> & { beside?: ReactNode }) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} wrong={wrong}>
      <span className="moment">
        <input
          {...input}
          id={id}
          type="datetime-local"
          className="input"
          aria-invalid={wrong ? true : undefined}
          aria-describedby={describedBy(id, { label, hint, wrong })}
        />
        {beside}
      </span>
    </FieldFrame>
  );
}

/** The server's words about a field or a part of it: of `forecast.aqi.0` they stand beside `forecast.aqi`. */
export const wrongIn = (wrong: Record<string, string>, field: string): string | undefined =>
  Object.entries(wrong).find(([name]) => name === field || name.startsWith(`${field}.`))?.[1];
