/** One account beside the list: what is asked most about it, what can be done with it, and the way to its page. */
import { useEffect, useRef } from 'react';
import { current } from '../api/problem';
import type { Account } from '../api/types';
import { text } from '../text/en';
import { formatDay, formatNumber } from '../text/format';
import { announce } from '../ui/announce';
import { Button, ButtonLink } from '../ui/button';
import { Menu } from '../ui/menu';
import { Facts } from '../ui/page';
import { ariaKeysOf } from '../ui/shortcuts';
import { Failure, Skeleton } from '../ui/states';
import { AccountActionDialog, useAccountActions } from './actions';
import { AddOnNames, BonusBadge, StatusBadges } from './badges';
import { LogInButton } from './log-in';
import styles from './panel.module.css';
import { useAccount } from './queries';

const labels = text.accounts.panel;
const { words } = text;

type Go = (() => void) | undefined;

interface AccountPanelProps {
  accountId: string;
  /** The account as the list has it, until it has been read. */
  row: Account | undefined;
  position: number;
  previous: Go;
  next: Go;
  onClose: () => void;
}

export function AccountPanel({ accountId, row, position, previous, next, onClose }: AccountPanelProps) {
  const query = useAccount(accountId);
  const account = current(query);
  const name = nameOf(account ?? row);
  const heading = useHeading(accountId, name);
  return (
    <aside className={styles.panel} aria-label={labels.label}>
      <div className={styles.bar}>
        <Button
          small
          look="quiet"
          icon="chevron-up"
          aria-label={labels.previous}
          {...keys('previousAccount', previous)}
        />
        <Button small look="quiet" icon="chevron-down" aria-label={labels.next} {...keys('nextAccount', next)} />
        <span className={styles.position}>{position > 0 && labels.position(formatNumber(position))}</span>
        <Button small look="quiet" icon="close" aria-label={labels.close} {...keys('closePanel', onClose)} />
      </div>
      <h2 ref={heading} tabIndex={-1} className={styles.name}>
        {name}
      </h2>
      {account ? (
        <Details key={account.account_id} account={account} />
      ) : query.error ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton lines={10} />
      )}
    </aside>
  );
}

const nameOf = (account: Account | undefined): string =>
  account ? account.organization || account.username : text.account.loading;

const keys = (id: 'previousAccount' | 'nextAccount' | 'closePanel', run: Go) => ({
  'aria-keyshortcuts': ariaKeysOf(id),
  isDisabled: !run,
  onPress: () => run?.(),
});

/** The name has the focus when the panel opens, and is said when it goes to another account. */
function useHeading(accountId: string, name: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const said = useRef<string | null>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (said.current !== null && said.current !== accountId) announce(name);
    said.current = accountId;
  }, [accountId, name]);
  return heading;
}

function Details({ account }: { account: Account }) {
  const { actionsOf, action, close } = useAccountActions();
  const actions = actionsOf(account).filter(({ id }) => id !== 'manage');
  return (
    <>
      <StatusBadges account={account} />
      <div className={styles.actions}>
        <ButtonLink look="primary" small href={`/accounts/${account.account_id}`}>
          {text.accounts.menu.manage}
        </ButtonLink>
        <LogInButton account={account} />
        <Menu small label={text.accounts.menu.label} icon="dots" actions={actions} />
      </div>
      <Facts facts={factsOf(account)} />
      {action && <AccountActionDialog {...action} account={account} onClose={close} />}
    </>
  );
}

function factsOf(account: Account) {
  const { account: facts } = text;
  const { activity, owner } = account;
  const since = (day: string | null) => (day ? formatDay(day) : text.accounts.never);
  return [
    { label: facts.username, value: account.username },
    { label: facts.owner, value: `${owner.first_name} ${owner.last_name}`.trim() || text.none },
    { label: facts.email, value: owner.email || text.none },
    { label: facts.phone, value: owner.phone || text.none },
    { label: facts.type, value: words.accountType[account.account_type] },
    { label: facts.planLabel, value: words.plan[account.plan] },
    { label: facts.billing, value: words.billingMode[account.billing_mode] },
    { label: facts.addOns, value: <AddOnNames account={account} /> },
    { label: facts.created, value: formatDay(account.created_on) },
    { label: facts.trialEnds, value: formatDay(account.trial_ends_on) },
    { label: facts.firstPayment, value: formatDay(account.initial_upgrade_on) },
    { label: facts.bonus, value: <BonusBadge status={account.bonus.status} /> },
    { label: facts.listSize, value: formatNumber(activity.list_size) },
    { label: facts.lastLogin, value: since(activity.last_login_on) },
    { label: facts.campaigns, value: formatNumber(activity.campaigns_sent) },
    { label: facts.partnerAccountId, value: account.partner_account_id },
  ];
}
