/** Signing in, choosing an own password the first time, and signing in again when a session has ended. */
import { type RefObject, useRef, useState } from 'react';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import { usePendingAction } from './attempt';
import { type StepNeeded, signInWith, type Tokens, takeStep } from './cognito';
import { NewPasswordFields, requireSame } from './new-password';
import { endOtherSessions } from './password';
import { PasswordReset } from './password-reset';
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
  const [isResetting, setResetting] = useState(false);
  /** The password that was just set anew, while a step is still to be taken. */
  const [reset, setReset] = useState<string | null>(null);
  const typedName = useRef(name);
  const attempt = usePendingAction();

  const goOn = async (result: Tokens | StepNeeded, as: string, password: string | null = null): Promise<void> => {
    setReset(password);
    if ('challenge' in result) return setNeeded(result);
    if (password === null) return onDone(result, as);
    await endOtherSessions(result.accessToken);
    await goOn(await signInWith(as, password), as);
  };
  const signIn = ({ username: typed = '', password = '' }: Values) =>
    attempt.run(async () => {
      const result = await signInWith(typed, password);
      setName(typed);
      await goOn(result, typed);
    });
  const step = ({ value = '', repeated }: Values) =>
    attempt.run(async () => {
      requireSame(value, repeated);
      if (needed) await goOn(await takeStep(needed, value), name, reset);
    });
  const afterReset = async (as: string, password: string) => {
    setName(as);
    await goOn(await signInWith(as, password), as, password);
  };

  const forget = () => {
    setName(typedName.current);
    setResetting(true);
  };

  if (needed?.challenge === 'NEW_PASSWORD_REQUIRED') return <NewPassword onSubmit={step} {...attempt} />;
  if (needed) return <Code onSubmit={step} {...attempt} />;
  if (isResetting) return <PasswordReset username={name} onBack={() => setResetting(false)} onReset={afterReset} />;
  return (
    <>
      <Credentials username={name} typedName={typedName} onSubmit={signIn} {...attempt} />
      <Button look="quiet" onPress={forget}>
        {text.signIn.forgotten}
      </Button>
    </>
  );
}

interface StepProps {
  onSubmit: (values: Values) => void;
  isPending: boolean;
  error: unknown;
}

interface CredentialsProps extends StepProps {
  username: string;
  typedName: RefObject<string>;
}

function Credentials({ username, typedName, onSubmit, isPending, error }: CredentialsProps) {
  return (
    <Form onSubmit={onSubmit} error={error} className={styles.form ?? ''} label={text.signIn.title}>
      <TextField
        name="username"
        label={text.signIn.username}
        defaultValue={username}
        onChange={(typed) => {
          typedName.current = typed;
        }}
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
    </Form>
  );
}

function NewPassword({ onSubmit, isPending, error }: StepProps) {
  return (
    <Form onSubmit={onSubmit} error={error} className={styles.form ?? ''} label={text.signIn.newPasswordTitle}>
      <h2>{text.signIn.newPasswordTitle}</h2>
      <p>{text.signIn.newPasswordLead}</p>
      <NewPasswordFields autoFocus />
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
