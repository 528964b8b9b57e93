/** Switching add-ons, of one account or of many. */
import { useRef } from 'react';
import { api, unwrap } from '../api/client';
import { IdempotencyKey } from '../api/idempotency';
import { isTransient } from '../api/problem';
import { sendWithRetry } from '../api/query';
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

/** Switches the add-on of one account after another: each with a key of its own, kept until its answer is there. */
export function useSendAddOn(): (change: AddOnChange) => Promise<Account> {
  const intents = useRef(new Map<string, IdempotencyKey>());
  return async (change) => {
    const intent = intents.current.get(change.accountId) ?? new IdempotencyKey();
    intents.current.set(change.accountId, intent);
    const key = intent.keyFor(change);
    try {
      return await sendWithRetry(() => sendAddOn(change, key));
    } catch (error) {
      if (!isTransient(error)) intent.done();
      throw error;
    }
  };
}

export function useSwitchAddOn(options: AccountChange<AddOnChange>) {
  return useAccountChange<AddOnChange>(sendAddOn, options);
}
