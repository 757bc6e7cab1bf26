/** Problems that a daily report tells for the first time. */
import { newKey } from '../shared/api.js';
import { TextField } from '../shared/forms.js';
import { phoneTexts } from '../texts/zh-CN/phone.js';

const texts = phoneTexts.report;

export interface NewProblem {
  /** Nobody has reported it, so it has no other name. */
  key: string;
  what: string;
  where: string;
  handedTo: string;
}

interface NewProblemsProps {
  problems: readonly NewProblem[];
  onChange: (problems: NewProblem[]) => void;
}

const FIELDS = [
  { field: 'what', label: texts.problemWhat, required: true },
  { field: 'where', label: texts.problemWhere, required: true },
  { field: 'handedTo', label: texts.problemHandedTo, required: false },
] as const;

export function NewProblems({ problems, onChange }: NewProblemsProps) {
  const changed = (key: string, part: Partial<NewProblem>) =>
    onChange(problems.map((problem) => (problem.key === key ? { ...problem, ...part } : problem)));
  return (
    <fieldset>
      <legend>{texts.problems}</legend>
      {problems.map((problem) => (
        <div key={problem.key} className="card">
          {FIELDS.map(({ field, label, required }) => (
            <TextField
              key={field}
              label={label}
              required={required}
              value={problem[field]}
              onChange={({ target }) => changed(problem.key, { [field]: target.value })}
            />
          ))}
          <button
            type="button"
            className="button"
            onClick={() => onChange(problems.filter(({ key }) => key !== problem.key))}
          >
            {texts.removeProblem}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => onChange([...problems, { key: newKey(), what: '', where: '', handedTo: '' }])}
      >
        {texts.addProblem}
      </button>
    </fieldset>
  );
}
