/** Filters of a list of what happened: choices, words, and from when until when. All of them are in the address. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { TextField } from '../shared/forms.js';
import { deskTexts } from '../texts/zh-CN/desk.js';
import { MomentField } from './fields.js';
import { type TimedSearch, timedSearch } from './timed-search.js';

const words = deskTexts.filters;

export interface TimedFiltersProps {
  label: string;
  textHint: string;
  search: TimedSearch;
  onSearch: (changes: TimedSearch) => void;
  /** Choices, which hold at once; what is typed holds when it is looked for. */
  children: ReactNode;
}

export function TimedFilters({ label, textHint, search, onSearch, children }: TimedFiltersProps): ReactNode {
  const { text = '', from = '', to = '' } = search;
  const [typed, setTyped] = useState({ text, from, to });
  const field = (name: keyof typeof typed) => ({
    label: words[name],
    value: typed[name],
    onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [name]: target.value }),
  });
  return (
    <form
      className="filters not-printed"
      aria-label={label}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSearch(timedSearch({ ...typed, text: typed.text.trim() }));
      }}
    >
      {children}
      <TextField {...field('text')} placeholder={textHint} />
      <MomentField {...field('from')} />
      <MomentField {...field('to')} />
      <button type="submit" className="button">
        {words.search}
      </button>
    </form>
  );
}
