/** Why an add-on cannot be switched here, in the order the server judges: who may, then the state. */
import type { Account, AddOn, Role } from '../api/types';
import { text } from '../text/en';

export type Refusal =
  | 'viewer'
  | 'referred'
  | 'direct'
  | 'trial'
  | 'expired'
  | 'cancelled'
  | 'suspended'
  | 'included'
  | 'client';

export const ADD_ONS: AddOn[] = ['sms', 'seo', 'inbox_preview', 'newsletter_archive'];

const CLOSED: Partial<Record<Account['status'], Refusal>> = { T: 'trial', E: 'expired', C: 'cancelled' };

export function whyNot(account: Account, addOn: AddOn, role: Role): Refusal | null {
  if (role === 'partner_viewer') return 'viewer';
  if (account.account_type === 'referred') return 'referred';
  const closed = CLOSED[account.status];
  if (closed) return closed;
  if (account.billing_mode === 'direct') return 'direct';
  if (account.holds.includes('suspended')) return 'suspended';
  const { entitlement, payer } = account.add_ons[addOn];
  if (payer === 'client') return 'client';
  return entitlement === 'included' ? 'included' : null;
}

/** Why it cannot be switched, in our words where we know the rule, else in the server's; null where it can. */
export function refusalOf(account: Account, addOn: AddOn, role: Role): string | null {
  const { refusal } = account.add_ons[addOn];
  const why = whyNot(account, addOn, role);
  if (refusal === null) return null;
  return why ? text.addOns.reasons[why] : (refusal ?? null);
}

/** Whether SMS is active and its registration has still to be done. */
export function registrationIsDue({ add_ons: { sms } }: Account): boolean {
  if (sms.entitlement !== 'active' || sms.usable) return false;
  return ['not_started', 'draft', 'rejected'].includes(sms.registration ?? 'not_started');
}
