/** Labelled fields with the server's words beside them, and a form that says what became of it. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
  useCallback,
  useId,
  useRef,
  useState,
} from 'react';
import { ApiRefusal, newKey } from './api.js';
import { FaultNotice } from './states.js';

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  wrong?: string | undefined;
}

export const describedBy = (id: string, { hint, wrong }: FieldProps): string | undefined =>
  [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined;

/** The hint and the server's words below a field. */
export const FieldWords = ({ id, hint, wrong }: Omit<FieldProps, 'label'> & { id: string }) => (
  <>
    {hint && (
      <span className="hint" id={`${id}-hint`}>
        {hint}
      </span>
    )}
    {wrong && (
      <span className="wrong" id={`${id}-wrong`}>
        {wrong}
      </span>
    )}
  </>
);

export function FieldFrame({ id, label, hint, wrong, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children}
      <FieldWords id={id} hint={hint} wrong={wrong} />
    </div>
  );
}

/** `className` joins the field's own. */
export function TextField({
  label,
  hint,
  wrong,
  className = '',
  ...input
}: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} wrong={wrong}>
      <input
        {...input}
        id={id}
        className={`input ${className}`}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, wrong })}
      />
    </FieldFrame>
  );
}

export function ProseField({ label, hint, wrong, ...area }: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} wrong={wrong}>
      <textarea
        rows={2}
        {...area}
        id={id}
        className="input"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, wrong })}
      />
      {/* On paper a field shows no more than fits into it. */}
      <div className="on-paper">{area.value}</div>
    </FieldFrame>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export interface SelectFieldProps extends FieldProps {
  choices: readonly Choice[];
  value: string;
  required?: boolean;
  onChoice: (value: string) => void;
}

/** One of a list that is too long to be read as a whole. */
export function SelectField({ label, hint, wrong, choices, onChoice, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} wrong={wrong}>
      <select
        {...select}
        id={id}
        className="input"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, wrong })}
        onChange={({ target }) => onChoice(target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** Runs a submission once at a time. `fault` is the last one, until the next try. */
export function useSubmission(submit: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  async function run() {
    setBusy(true);
    setFault(undefined);
    try {
      await submit();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  }
  const fields = fault instanceof ApiRefusal ? fault.fields : {};
  return { busy, fault, fields, run };
}

/** The key of a command by its content: sent again it is the same command, changed it is another. */
export function useKeyOf(): (content: unknown) => string {
  const last = useRef({ content: '', key: '' });
  return useCallback((given) => {
    const content = JSON.stringify(given);
    if (last.current.content !== content) last.current = { content, key: newKey() };
    return last.current.key;
  }, []);
}

export interface SmallFormProps {
  submission: ReturnType<typeof useSubmission>;
  submit: string;
  children: ReactNode;
}

export function SmallForm({ submission, submit, children }: SmallFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submission.run();
      }}
    >
      {children}
      <FaultNotice fault={submission.fault} />
      <button type="submit" className="button primary" disabled={submission.busy}>
        {submit}
      </button>
    </form>
  );
}
