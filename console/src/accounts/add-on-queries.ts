/** Switching an add-on of an account. */
import { api, unwrap } from '../api/client';
import type { Account, AddOn } from '../api/types';
import { type AccountChange, useAccountChange } from './invalidation';

export interface AddOnChange {
  accountId: string;
  addOn: AddOn;
  on: boolean;
}

function sendAddOn({ accountId, addOn, on }: AddOnChange, key: string): Promise<Account> {
  const init = { params: { path: { account_id: accountId, add_on: addOn }, header: { 'Idempotency-Key': key } } };
  const path = '/accounts/{account_id}/add-ons/{add_on}';
  return unwrap(on ? api().PUT(path, init) : api().DELETE(path, init));
}

export function useSwitchAddOn(options: AccountChange<AddOnChange>) {
  return useAccountChange<AddOnChange>(sendAddOn, options);
}
