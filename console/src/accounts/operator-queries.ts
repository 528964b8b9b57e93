/** What only operators do with an account. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import type { Account, Hold } from '../api/types';
import { type AccountChange, accountPath, changeParams, STALE_AFTER_CHANGE, useAccountChange } from './invalidation';

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
      unwrap(api().POST('/accounts/{account_id}/moves', { params: changeParams(accountId, key), body })),
    { stale: STALE_AFTER_CHANGE, onSuccess },
  );
}

export function useEraseAccount(onSuccess: () => void) {
  return useChange<unknown, string>(
    (accountId, key) => unwrap(api().POST('/accounts/{account_id}/erasure', { params: changeParams(accountId, key) })),
    { stale: [['accounts'], ['audit']], onSuccess },
  );
}

export type Erasure = components['schemas']['ErasureView'];

/** Asks only for a canceled account that names nobody, as an erased one does; again while the erasure runs. */
export function useErasure(account: Account) {
  return useQuery({
    queryKey: ['accounts', 'erasure', account.account_id],
    queryFn: () => unwrap(api().GET('/accounts/{account_id}/erasure', { params: accountPath(account.account_id) })),
    enabled: account.status === 'C' && account.owner.email === '',
    refetchInterval: (query) => (query.state.data?.status === 'running' ? 3_000 : false),
  });
}
