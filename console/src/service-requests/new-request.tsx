/** Asking for professional services for one account. */
import { useState } from 'react';
import { useAccount, useAccounts } from '../accounts/queries';
import { useCurrency } from '../auth/me';
import { text } from '../text/en';
import { minorUnits, moneyPattern, parseMoney } from '../text/money';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/choices';
import { Dialog, DialogBody } from '../ui/dialog';
import { SearchField, TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { Select } from '../ui/select';
import { Loaded } from '../ui/states';
import { tidyAmount } from '../ui/tidy';
import styles from './new-request.module.css';
import { type ServiceRequest, useRequestServices } from './queries';

const labels = text.services;

export function NewRequestPicker({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const [chosen, setChosen] = useState(accountId);
  return chosen ? (
    <NewRequestForm accountId={chosen} onClose={onClose} />
  ) : (
    <ChooseAccount onChoose={setChosen} onClose={onClose} />
  );
}

function ChooseAccount({ onChoose, onClose }: { onChoose: (accountId: string) => void; onClose: () => void }) {
  const [q, setQ] = useState('');
  return (
    <Dialog title={labels.askTitle} isOpen onClose={onClose}>
      <DialogBody>
        <p>{labels.chooseAccount}</p>
        <SearchField label={labels.accountHint} placeholder={labels.accountHint} value={q} onChange={setQ} />
        {q.length > 1 && <Found q={q} onChoose={onChoose} />}
      </DialogBody>
    </Dialog>
  );
}

const MAX_SUGGESTIONS = 8;

function Found({ q, onChoose }: { q: string; onChoose: (accountId: string) => void }) {
  const accounts = useAccounts({ q });
  const data = accounts.data?.pages[0]?.items;
  return (
    <Loaded query={{ data, error: accounts.error, refetch: accounts.refetch }} lines={3}>
      {(items) =>
        items.length === 0 ? (
          <p>{text.accounts.emptyTitle}</p>
        ) : (
          <ul className={styles.found} aria-label={labels.found}>
            {items.slice(0, MAX_SUGGESTIONS).map((account) => (
              <li key={account.account_id}>
                <Button look="quiet" onPress={() => onChoose(account.account_id)}>
                  {account.organization} · {account.username}
                </Button>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function NewRequestForm({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const account = useAccount(accountId);
  const currency = useCurrency();
  const [mayContact, setMayContact] = useState(false);
  const ask = useRequestServices(() => {
    notify(labels.sent);
    onClose();
  });
  const submit = (values: Record<string, string>) =>
    ask.mutate({
      account_id: accountId,
      kind: values.kind as ServiceRequest['kind'],
      brief: values.brief ?? '',
      budget: parseMoney(values.budget ?? '', minorUnits(currency)),
      may_contact_client: mayContact,
    });
  return (
    <FormDialog
      title={labels.askTitle}
      submit={labels.submit}
      error={ask.error}
      isPending={ask.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {labels.account}: <strong>{account.data?.organization ?? accountId}</strong>
      </p>
      <Select
        name="kind"
        label={labels.kind}
        defaultValue="campaign_creation"
        choices={Object.entries(labels.kinds).map(([value, label]) => ({ value, label }))}
      />
      <TextField name="brief" label={labels.brief} hint={labels.briefHint} lines={5} maxLength={4000} isRequired />
      <TextField
        name="budget"
        label={labels.budget(currency)}
        inputMode="decimal"
        width="short"
        pattern={moneyPattern(currency)}
        format={text.amountFormat}
        tidy={tidyAmount}
      />
      <div>
        <Checkbox isSelected={mayContact} onChange={setMayContact}>
          {labels.contact}
        </Checkbox>
        <p className={styles.hint}>{labels.contactHint}</p>
      </div>
    </FormDialog>
  );
}
