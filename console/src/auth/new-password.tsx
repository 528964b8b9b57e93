/** The fields for a new password, and what the pool asks of one. */
import { ProblemError } from '../api/problem';
import { text } from '../text/en';
import { TextField } from '../ui/fields';

export function NewPasswordFields({ autoFocus = false }: { autoFocus?: boolean }) {
  return (
    <>
      <TextField
        name="value"
        label={text.signIn.newPassword}
        hint={text.signIn.newPasswordHint}
        type="password"
        autoComplete="new-password"
        minLength={14}
        isRequired
        autoFocus={autoFocus}
      />
      <TextField
        name="repeated"
        label={text.signIn.repeatPassword}
        type="password"
        autoComplete="new-password"
        isRequired
      />
    </>
  );
}

export function fieldError(pointer: string, detail: string): ProblemError {
  return new ProblemError({ detail, errors: [{ pointer, detail }] }, 422);
}

/** Throws where the password was not typed the same way twice. */
export function requireSame(password: string, repeated: string | undefined): void {
  if (repeated !== undefined && password !== repeated) throw fieldError('/repeated', text.signIn.differ);
}
