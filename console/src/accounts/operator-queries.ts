/** What only operators do with an account. */
import { api, unwrap } from '../api/client';
import type { Hold } from '../api/types';
import { useChange } from '../app/query';
import { AROUND, keyed, useAccountChange, type AccountChange } from './changing';

export function useSetHold(options: AccountChange<{ accountId: string; hold: Hold; on: boolean }>) {
  return useAccountChange<{ accountId: string; hold: Hold; on: boolean }>(({ accountId, hold, on }, key) => {
    const init = { params: { path: { account_id: accountId, hold }, header: { 'Idempotency-Key': key } } };
    const path = '/accounts/{account_id}/holds/{hold}';
    return unwrap(on ? api().PUT(path, init) : api().DELETE(path, init));
  }, options);
}

export interface Move {
  accountId: string;
  to_partner_id: string;
  qualifies: boolean;
  consent: { given_by: string; given_at: string; evidence: string };
}

export function useMoveAccount(onSuccess: () => void) {
  return useChange<unknown, Move>(
    ({ accountId, ...body }, key) =>
      unwrap(api().POST('/accounts/{account_id}/moves', { params: keyed(accountId, key), body })),
    { stale: AROUND, onSuccess },
  );
}

export function useEraseAccount(onSuccess: () => void) {
  return useChange<unknown, string>(
    (accountId, key) => unwrap(api().POST('/accounts/{account_id}/erasure', { params: keyed(accountId, key) })),
    { stale: [['accounts'], ['audit']], onSuccess },
  );
}
