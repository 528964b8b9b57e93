/** The Add-ons section of an account: what it has, and switching it where that is the partner's to do. */
import { useState } from 'react';
import { explain } from '../api/problem';
import type { Account, AddOn } from '../api/types';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Badge } from '../ui/badge';
import { ButtonLink } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Note, Section } from '../ui/page';
import { Switch } from '../ui/switch';
import { useSwitchAddOn } from './add-on-queries';
import { ADD_ONS, registrationIsDue } from './add-on-rules';
import styles from './add-ons.module.css';
import { LogInButton } from './log-in';

const labels = text.addOns;

export function AddOnsSection({ account }: { account: Account }) {
  const isDirect = account.account_type === 'managed' && account.billing_mode === 'direct' && account.status === 'O';
  return (
    <Section
      id="add-ons"
      title={text.account.addOns}
      lead={text.account.addOnsLead}
      actions={isDirect && <LogInButton account={account} small={false} />}
    >
      <ul className={styles.list}>
        {ADD_ONS.map((addOn) => (
          <AddOnRow key={addOn} account={account} addOn={addOn} />
        ))}
      </ul>
    </Section>
  );
}

function AddOnRow({ account, addOn }: { account: Account; addOn: AddOn }) {
  const name = text.words.addOn[addOn];
  const [isAsking, setAsking] = useState(false);
  const { entitlement, refusal } = account.add_ons[addOn];
  const change = useSwitchAddOn({
    onSuccess: (now) =>
      notify(now.add_ons[addOn].entitlement === 'active' ? labels.activated(name) : labels.deactivated(name)),
    onError: (error) => notify(labels.failed(name, explain(error).detail), 'bad'),
  });
  const send = (on: boolean) => change.mutate({ accountId: account.account_id, addOn, on });
  const losesRegistration = addOn === 'sms' && account.add_ons.sms.registration !== 'not_started';
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        {entitlement === 'included' ? (
          <p className={styles.included}>
            <span className={styles.name}>{name}</span> <Badge tone="good">{labels.included}</Badge>
          </p>
        ) : (
          <Switch
            label={name}
            isOn={entitlement === 'active'}
            isPending={change.isPending}
            pendingText={change.variables?.on ? labels.activating : labels.deactivating}
            reason={refusal ?? undefined}
            onChange={(on) => (!on && losesRegistration ? setAsking(true) : send(on))}
          />
        )}
      </div>
      <div className={styles.about}>
        <p>{labels.describe[addOn]}</p>
        <p className={styles.state}>{stateOf(account, addOn)}</p>
        {addOn === 'sms' && <Registration account={account} />}
      </div>
      <Confirm
        title={labels.deactivateSmsTitle(account.organization)}
        question={labels.deactivateSms}
        action={text.accounts.bulk.deactivate}
        danger
        isOpen={isAsking}
        onConfirm={() => {
          setAsking(false);
          send(false);
        }}
        onClose={() => setAsking(false)}
      />
    </li>
  );
}

function stateOf(account: Account, addOn: AddOn): string {
  const { entitlement, usable, payer } = account.add_ons[addOn];
  if (entitlement === 'included') return labels.includedIn(text.words.plan[account.plan]);
  if (entitlement === 'inactive') return labels.entitlement.inactive;
  if (addOn === 'sms') return usable ? labels.smsUsable : labels.smsNotUsable;
  return labels.charged[payer ?? 'client'];
}

function Registration({ account }: { account: Account }) {
  const { sms } = account.add_ons;
  const href = `/accounts/${account.account_id}/sms-registration`;
  if (sms.entitlement !== 'active') return null;
  const state = text.words.registration[sms.registration ?? 'not_started'];
  return (
    <div className={styles.registration}>
      {registrationIsDue(account) && <Note tone="warn">{labels.smsToDo}</Note>}
      <p>
        {labels.smsRegistration}: <strong>{state}</strong>
      </p>
      <ButtonLink small href={href}>
        {sms.registration === 'not_started' ? labels.startRegistration : labels.openRegistration}
      </ButtonLink>
    </div>
  );
}
