/** The person who is signed in: another password, and signing out everywhere. */
import { useState } from 'react';
import { usePendingAction } from '../auth/attempt';
import { useRights } from '../auth/me';
import { NewPasswordFields, requireSame } from '../auth/new-password';
import { replacePassword } from '../auth/password';
import { signOutEverywhere } from '../auth/session';
import { text, word } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import styles from '../ui/form.module.css';
import { Page, Section } from '../ui/page';
import { Failure } from '../ui/states';

const labels = text.profile;

export function ProfilePage() {
  const { me } = useRights();
  return (
    <Page title={labels.title} lead={labels.lead(me.email, word(text.shell.roles, me.role))}>
      <Password />
      <Everywhere />
    </Page>
  );
}

function Password() {
  const [made, setMade] = useState(0);
  const { isPending, error, run } = usePendingAction();
  const change = ({ former = '', value = '', repeated }: Values) =>
    run(async () => {
      requireSame(value, repeated);
      await replacePassword(former, value);
      setMade(made + 1);
      notify(labels.changed);
    });
  return (
    <Section title={labels.password} lead={labels.passwordLead}>
      <Form key={made} guarded className={styles.form ?? ''} label={labels.password} error={error} onSubmit={change}>
        <TextField name="former" label={labels.former} type="password" autoComplete="current-password" isRequired />
        <NewPasswordFields />
        <div className={styles.actions}>
          <Button type="submit" look="primary" isPending={isPending}>
            {labels.change}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

function Everywhere() {
  const { isPending, error, run } = usePendingAction();
  return (
    <Section title={labels.everywhere} lead={labels.everywhereLead}>
      {error !== null && <Failure error={error} />}
      <div>
        <Button isPending={isPending} onPress={() => run(signOutEverywhere)}>
          {labels.signOutEverywhere}
        </Button>
      </div>
    </Section>
  );
}
