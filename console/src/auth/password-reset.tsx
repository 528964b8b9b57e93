/** A forgotten password: a code by mail, and a new password for it. */
import { useState } from 'react';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import { usePendingAction } from './attempt';
import { requestPasswordReset, resetPassword } from './cognito';
import { NewPasswordFields, requireSame } from './new-password';
import styles from './sign-in.module.css';

const labels = text.signIn.reset;

interface PasswordResetProps {
  username: string;
  onBack: () => void;
  onReset: (username: string, password: string) => Promise<void>;
}

export function PasswordReset({ username, onBack, onReset }: PasswordResetProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const { isPending, error, run } = usePendingAction();
  const ask = ({ username: typed = '' }: Values) =>
    run(async () => {
      await requestPasswordReset(typed);
      setAsked(typed);
    });
  const set = ({ code = '', value = '', repeated }: Values) =>
    run(async () => {
      requireSame(value, repeated);
      await resetPassword(asked ?? '', code.trim(), value);
      await onReset(asked ?? '', value);
    });
  return (
    <>
      <Form
        key={asked === null ? 'ask' : 'set'}
        onSubmit={asked === null ? ask : set}
        error={error}
        className={styles.form ?? ''}
        label={labels.title}
      >
        <h2>{labels.title}</h2>
        {asked === null ? <Ask username={username} /> : <Choose />}
        <Button type="submit" look="primary" isPending={isPending}>
          {asked === null ? labels.send : labels.save}
        </Button>
      </Form>
      <Button look="quiet" onPress={onBack}>
        {labels.back}
      </Button>
    </>
  );
}

function Ask({ username }: { username: string }) {
  return (
    <>
      <p>{labels.lead}</p>
      <TextField
        name="username"
        label={text.signIn.username}
        defaultValue={username}
        autoComplete="username"
        isRequired
        autoFocus
      />
    </>
  );
}

function Choose() {
  return (
    <>
      <p>{labels.sent}</p>
      <TextField
        name="code"
        label={labels.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        isRequired
        autoFocus
      />
      <NewPasswordFields />
    </>
  );
}
