/** Switching add-ons, of one account or of many. */
import { useRef } from 'react';
import { api, unwrap } from '../api/client';
import { Intent } from '../api/intent';
import { isPassing } from '../api/problem';
import type { Account, AddOn } from '../api/types';
import { sendPatiently } from '../app/query';
import { useAccountChange, type AccountChange } from './changing';

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

/** Switches the add-on of one account after another: each with a key of its own, kept until its answer is there. */
export function useSendAddOn(): (change: AddOnChange) => Promise<Account> {
  const intents = useRef(new Map<string, Intent>());
  return async (change) => {
    const intent = intents.current.get(change.accountId) ?? new Intent();
    intents.current.set(change.accountId, intent);
    const key = intent.keyFor(change);
    try {
      return await sendPatiently(() => sendAddOn(change, key));
    } catch (error) {
      if (!isPassing(error)) intent.done();
      throw error;
    }
  };
}

export function useSwitchAddOn(options: AccountChange<AddOnChange>) {
  return useAccountChange<AddOnChange>(sendAddOn, options);
}
