/** The columns of the accounts list, and which of them are chosen. */
import type { ReactNode } from 'react';
import type { Account } from '../api/types';
import { text } from '../text/en';
import { formatDay, formatNumber } from '../text/format';
import type { Column } from '../ui/table-model';
import { AccountName } from './account-name';
import { AddOnNames, BonusBadge, StatusBadges } from './badges';

const { columns: labels } = text.accounts;
const { words } = text;

function column(
  id: keyof typeof labels,
  width: number,
  cell: (account: Account) => ReactNode,
  more: Partial<Column<Account>> = {},
): Column<Account> {
  return { id, header: labels[id], width, cell, ...more };
}

const day = (value: string | null): ReactNode => formatDay(value);
const STATUS_ORDER = { O: 0, T: 1, E: 2, C: 3 };

export const COLUMNS: Column<Account>[] = [
  column('organization', 172, (a) => <AccountName account={a} />, { isTitle: true, sortBy: (a) => a.organization }),
  column('account_type', 86, (a) => words.accountType[a.account_type], { sortBy: (a) => a.account_type }),
  column('status', 128, (a) => <StatusBadges account={a} />, { sortBy: (a) => STATUS_ORDER[a.status] }),
  column('plan', 84, (a) => words.plan[a.plan], { sortBy: (a) => a.plan }),
  column('billing_mode', 98, (a) => words.billingMode[a.billing_mode], { sortBy: (a) => a.billing_mode }),
  column('add_ons', 140, (a) => <AddOnNames account={a} />),
  column('list_size', 84, (a) => formatNumber(a.activity.list_size), {
    align: 'end',
    sortBy: (a) => a.activity.list_size,
  }),
  column(
    'last_login_on',
    104,
    (a) => (a.activity.last_login_on ? day(a.activity.last_login_on) : text.accounts.never),
    {
      sortBy: (a) => a.activity.last_login_on,
    },
  ),
  column('login_count', 80, (a) => formatNumber(a.activity.login_count), {
    align: 'end',
    sortBy: (a) => a.activity.login_count,
  }),
  column('campaigns_sent', 104, (a) => formatNumber(a.activity.campaigns_sent), {
    align: 'end',
    sortBy: (a) => a.activity.campaigns_sent,
  }),
  column(
    'last_campaign_on',
    124,
    (a) => (a.activity.last_campaign_on ? day(a.activity.last_campaign_on) : text.accounts.never),
    {
      sortBy: (a) => a.activity.last_campaign_on,
    },
  ),
  column('created_on', 116, (a) => day(a.created_on), { sortBy: (a) => a.created_on }),
  column('trial_ends_on', 116, (a) => day(a.trial_ends_on), { sortBy: (a) => a.trial_ends_on }),
  column('initial_upgrade_on', 120, (a) => day(a.initial_upgrade_on), { sortBy: (a) => a.initial_upgrade_on }),
  column('bonus', 120, (a) => <BonusBadge status={a.bonus.status} />, { sortBy: (a) => a.bonus.status }),
  column('owner', 150, (a) => `${a.owner.first_name} ${a.owner.last_name}`.trim() || text.none, {
    sortBy: (a) => `${a.owner.last_name} ${a.owner.first_name}`,
  }),
  column('email', 220, (a) => a.owner.email || text.none, { sortBy: (a) => a.owner.email }),
  column('partner_account_id', 130, (a) => a.partner_account_id ?? text.none, { sortBy: (a) => a.partner_account_id }),
];

export const STANDARD_COLUMNS = [
  'organization',
  'account_type',
  'status',
  'plan',
  'add_ons',
  'list_size',
  'last_login_on',
];

/** The columns an address asks for, in their fixed order; the account itself always stands first. */
export function chosenColumns(params: URLSearchParams): string[] {
  const chosenIds = params.get('columns')?.split(',') ?? STANDARD_COLUMNS;
  return COLUMNS.map((column) => column.id).filter((id) => id === 'organization' || chosenIds.includes(id));
}

export function writeColumns(params: URLSearchParams, ids: string[]): URLSearchParams {
  const next = new URLSearchParams(params);
  if (ids.join() === STANDARD_COLUMNS.join()) next.delete('columns');
  else next.set('columns', ids.join(','));
  return next;
}
