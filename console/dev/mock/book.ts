/** The sample portfolio as accounts of the made-up API. */
import { readFileSync } from 'node:fs';
import type { Account, AddOn, BonusStatus, CancelReason, Plan, StatusCode } from '../../src/api/types';
import { parseCsv } from '../../src/imports/csv';
import { daysBetween } from '../../src/text/format';

export const TODAY = '2026-11-01';
export const ADD_ONS: AddOn[] = ['sms', 'seo', 'inbox_preview', 'newsletter_archive'];

export function readBook(): Map<string, Account> {
  const [header = [], ...rows] = parseCsv(readFileSync(new URL('../../../sample/portfolio.csv', import.meta.url), 'utf8'));
  const accounts = rows.map((row, index) => accountOf(Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])), index));
  accounts.sort((a, b) => standingKey(a).localeCompare(standingKey(b)));
  return new Map(accounts.map((account) => [account.account_id, account]));
}

const ORDER = { C: 0, E: 1, O: 2, T: 3 };
const standingKey = (account: Account) => `${ORDER[account.status]}#${account.account_type}#${account.organization.toLowerCase()}`;

function accountOf(row: Record<string, string>, index: number): Account {
  const addOns = (row.add_ons ?? '').split('|') as AddOn[];
  const account: Account = {
    account_id: `acct_${String(index).padStart(6, '0')}`,
    partner_account_id: row.partner_account_id || null,
    username: row.username ?? '',
    organization: row.organization ?? '',
    website: null,
    owner: { first_name: row.owner_first_name ?? '', last_name: row.owner_last_name ?? '', email: row.owner_email ?? '', phone: '' },
    account_type: row.account_type as Account['account_type'],
    billing_mode: row.status === 'C' ? 'direct' : (row.billing_mode as Account['billing_mode']),
    plan: row.plan as Plan,
    status: row.status as StatusCode,
    holds: index % 97 === 0 && row.status === 'O' ? ['balance_due'] : [],
    created_on: row.created_on ?? '',
    trial_ends_on: row.trial_ends_on || null,
    initial_upgrade_on: row.initial_upgrade_on || null,
    cancellation: row.cancelled_on ? { effective_on: row.cancelled_on, reason: row.cancel_reason as CancelReason } : null,
    activity: {
      list_size: Number(row.list_size),
      login_count: Number(row.login_count),
      last_login_on: row.last_login_on || null,
      campaigns_sent: Number(row.campaigns_sent),
      last_campaign_on: row.last_campaign_on || null,
      as_of: `${TODAY}T05:00:00Z`,
    },
    add_ons: Object.fromEntries(ADD_ONS.map((addOn) => [addOn, { entitlement: 'inactive', usable: false, payer: null }])) as Account['add_ons'],
    bonus: { status: 'not_started', days: null, days_left: null, earned_on: null },
    permission_ends_on: null,
    next_steps: [],
    version: 1,
  };
  for (const addOn of addOns) if (addOn && account.status === 'O') account.add_ons[addOn] = { entitlement: 'active', usable: addOn !== 'sms', payer: 'partner' };
  return settled(account);
}

/** Everything about an account that follows from the rest. */
export function settled(account: Account): Account {
  const archive = account.add_ons.newsletter_archive;
  if (account.status === 'O' && account.plan === 'premium') archive.entitlement = 'included';
  else if (archive.entitlement === 'included') archive.entitlement = 'inactive';
  account.add_ons.sms.registration ??= 'not_started';
  account.bonus = bonusOf(account);
  return account;
}

function bonusOf({ initial_upgrade_on: since, cancellation, status: state }: Account): Account['bonus'] {
  if (!since) return { status: 'not_started', days: null, days_left: null, earned_on: null };
  const left = state === 'C' && cancellation ? daysBetween(since, cancellation.effective_on) : Number.POSITIVE_INFINITY;
  const days = daysBetween(since, TODAY);
  const earned = Math.min(left, days) >= 95;
  const status: BonusStatus = earned ? 'earned' : left < 95 ? 'disqualified' : 'tracking';
  const earnedOn = earned ? new Date(Date.parse(since) + 95 * 86_400_000).toISOString().slice(0, 10) : null;
  return { status, days, days_left: status === 'tracking' ? 95 - days : null, earned_on: earnedOn };
}
