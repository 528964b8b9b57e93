/** For operators: whose account has this username. */
import { text } from '../text/en';
import { Button } from '../ui/button';
import { TextField } from '../ui/fields';
import { Form } from '../ui/form';
import styles from './find-username.module.css';
import { type FoundUsername, useFindUsername, usePartnerName } from './queries';

const labels = text.partners;

export function FindUsername({ onOpen }: { onOpen: (found: FoundUsername) => void }) {
  const find = useFindUsername();
  return (
    <Form
      className={styles.form ?? ''}
      label={labels.find}
      error={find.error}
      onSubmit={(values) => find.mutate(values.username ?? '')}
    >
      <TextField name="username" label={text.account.username} width="short" autoComplete="off" isRequired />
      <Button type="submit" icon="search" isPending={find.isPending}>
        {labels.findSubmit}
      </Button>
      {find.data && <Found found={find.data} onOpen={onOpen} />}
    </Form>
  );
}

function Found({ found, onOpen }: { found: FoundUsername; onOpen: (found: FoundUsername) => void }) {
  const partner = usePartnerName(found.partner_id);
  return (
    <p className={styles.found}>
      {labels.foundAt(partner)}{' '}
      <Button small look="primary" onPress={() => onOpen(found)}>
        {labels.openAccount}
      </Button>
    </p>
  );
}
