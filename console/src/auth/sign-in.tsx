/** Signing in, choosing an own password the first time, and signing in again when a session has ended. */
import { useState } from 'react';
import { ProblemError } from '../api/problem';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import { usePendingAction } from './attempt';
import { type StepNeeded, signInWith, type Tokens, takeStep } from './cognito';
import styles from './sign-in.module.css';

interface SignInProps {
  username?: string | null;
  /** The step to begin with, where the first has been taken already. */
  first?: StepNeeded;
  onDone: (tokens: Tokens, username: string) => void;
}

/** The steps of signing in, wherever they are shown. */
export function SignInSteps({ username, first, onDone }: SignInProps) {
  const [needed, setNeeded] = useState<StepNeeded | null>(first ?? null);
  const [name, setName] = useState(username ?? '');
  const attempt = usePendingAction();

  const goOn = (result: Tokens | StepNeeded, as: string) =>
    'challenge' in result ? setNeeded(result) : onDone(result, as);
  const signIn = ({ username: typed = '', password = '' }: Values) =>
    attempt.run(async () => {
      const result = await signInWith(typed, password);
      setName(typed);
      goOn(result, typed);
    });
  const step = ({ value = '', repeated }: Values) =>
    attempt.run(async () => {
      if (repeated !== undefined && value !== repeated) throw fieldError('/repeated', text.signIn.differ);
      if (needed) goOn(await takeStep(needed, value), name);
    });

  if (needed?.challenge === 'NEW_PASSWORD_REQUIRED') return <NewPassword onSubmit={step} {...attempt} />;
  if (needed) return <Code onSubmit={step} {...attempt} />;
  return <Credentials username={name} onSubmit={signIn} {...attempt} />;
}

function fieldError(pointer: string, detail: string): ProblemError {
  return new ProblemError({ detail, errors: [{ pointer, detail }] }, 422);
}

interface StepProps {
  onSubmit: (values: Values) => void;
  isPending: boolean;
  error: unknown;
}

function Credentials({ username, onSubmit, isPending, error }: StepProps & { username: string }) {
  return (
    <Form onSubmit={onSubmit} error={error} className={styles.form ?? ''} label={text.signIn.title}>
      <TextField
        name="username"
        label={text.signIn.username}
        defaultValue={username}
        autoComplete="username"
        isRequired
        autoFocus={!username}
      />
      <TextField
        name="password"
        label={text.signIn.password}
        type="password"
        autoComplete="current-password"
        isRequired
        autoFocus={Boolean(username)}
      />
      <Button type="submit" look="primary" isPending={isPending}>
        {text.signIn.submit}
      </Button>
      <p className={styles.hint}>{text.signIn.forgotten}</p>
    </Form>
  );
}

function NewPassword({ onSubmit, isPending, error }: StepProps) {
  return (
    <Form onSubmit={onSubmit} error={error} className={styles.form ?? ''} label={text.signIn.newPasswordTitle}>
      <h2>{text.signIn.newPasswordTitle}</h2>
      <p>{text.signIn.newPasswordLead}</p>
      <TextField
        name="value"
        label={text.signIn.newPassword}
        hint={text.signIn.newPasswordHint}
        type="password"
        autoComplete="new-password"
        minLength={14}
        isRequired
        autoFocus
      />
      <TextField
        name="repeated"
        label={text.signIn.repeatPassword}
        type="password"
        autoComplete="new-password"
        isRequired
      />
      <Button type="submit" look="primary" isPending={isPending}>
        {text.signIn.saveAndGoOn}
      </Button>
    </Form>
  );
}

function Code({ onSubmit, isPending, error }: StepProps) {
  return (
    <Form onSubmit={onSubmit} error={error} className={styles.form ?? ''} label={text.signIn.codeTitle}>
      <h2>{text.signIn.codeTitle}</h2>
      <TextField
        name="value"
        label={text.signIn.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]{6}"
        isRequired
        autoFocus
      />
      <Button type="submit" look="primary" isPending={isPending}>
        {text.signIn.confirm}
      </Button>
    </Form>
  );
}

/** The page before anybody is signed in. */
export function SignInPage({ onDone }: SignInProps) {
  return (
    <div className={styles.page}>
      <header className={styles.cover}>
        <div className={styles.brand}>
          <span className={styles.ribbon} aria-hidden="true" />
          <p className={styles.name}>{text.product}</p>
          <p className={styles.tagline}>{text.signIn.tagline}</p>
          <ul className={styles.points}>
            {text.signIn.points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      </header>
      <main className={styles.main}>
        <div className={styles.box}>
          <h1>{text.signIn.title}</h1>
          <SignInSteps onDone={onDone} />
        </div>
      </main>
    </div>
  );
}
