/** For six digits of an authenticator; with `letters`, for a recovery code too. */
import { TextField } from './forms.js';

interface CodeFieldProps {
  label: string;
  hint?: string | undefined;
  letters?: boolean;
  value: string;
  wrong: string | undefined;
  onTyped: (typed: string) => void;
}

export const CodeField = ({ label, hint, letters = false, value, wrong, onTyped }: CodeFieldProps) => (
  <TextField
    label={label}
    hint={hint}
    name="code"
    autoComplete="one-time-code"
    autoCapitalize="none"
    inputMode={letters ? 'text' : 'numeric'}
    required
    value={value}
    wrong={wrong}
    onChange={({ target }) => onTyped(target.value)}
  />
);
