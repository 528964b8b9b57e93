/** What only operators do with an account. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import type { Account, Hold } from '../api/types';
import { type AccountChange, accountPath, changeParams, STALE_AFTER_CHANGE, useAccountChange } from './invalidation';

export interface HoldChange {
  accountId: string;
  hold: Hold;
}

const HOLD = '/accounts/{account_id}/holds/{hold}';
const holdParams = ({ accountId, hold }: HoldChange, key: string) => ({
  path: { account_id: accountId, hold },
  header: { 'Idempotency-Key': key },
});

export function usePlaceHold(options: AccountChange<HoldChange & { reason: string }>) {
  return useAccountChange<HoldChange & { reason: string }>(
    (change, key) => unwrap(api().PUT(HOLD, { params: holdParams(change, key), body: { reason: change.reason } })),
    options,
  );
}

export function useLiftHold(options: AccountChange<HoldChange>) {
  return useAccountChange<HoldChange>(
    (change, key) => unwrap(api().DELETE(HOLD, { params: holdParams(change, key) })),
    options,
  );
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
