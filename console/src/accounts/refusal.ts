/** Why something cannot be done with an account now: the API says it, in its own words. */
import type { Account } from '../api/types';
import type { Operation } from '../auth/me';

/** Undefined where it can be done. */
export function refusalOf(account: Account, operation: Operation): string | undefined {
  return account.refusals?.[operation];
}
