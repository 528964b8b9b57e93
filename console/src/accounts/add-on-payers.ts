/** Who pays for an account’s add-ons, and what entering and leaving the single bill does to them. */
import type { Account, BillingMode } from '../api/types';
import { text } from '../text/en';
import { ADD_ONS } from './add-on-rules';

/** The names of the active add-ons that this payer is charged for. */
export function activeAddOnsPaidBy(account: Account, payer: 'partner' | 'client'): string[] {
  return ADD_ONS.filter((addOn) => account.add_ons[addOn].payer === payer).map((addOn) => text.words.addOn[addOn]);
}

/** What a change of billing will do to the add-ons, named before it is done; null where it touches none. */
export function billingEffect(account: Account, mode: BillingMode): string | null {
  if (mode === account.billing_mode) return null;
  const names = activeAddOnsPaidBy(account, mode === 'direct' ? 'partner' : 'client');
  if (names.length === 0) return null;
  return mode === 'direct' ? text.account.billingDialog.ends(names) : text.account.billingDialog.keeps(names);
}
