/** How a change of an account is sent, and what it makes out of date. */
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useChange } from '../api/query';
import type { Account } from '../api/types';
import { accountKey } from './queries';

/** What any change of an account makes out of date beside the account itself. */
export const STALE_AFTER_CHANGE: QueryKey[] = [['accounts'], ['summary'], ['audit'], ['departures'], ['bonuses']];

export interface AccountChange<V> {
  onSuccess?: (account: Account, variables: V) => void;
  onError?: (error: unknown, variables: V) => void;
}

export function useAccountChange<V>(
  send: (variables: V, key: string) => Promise<Account>,
  { onSuccess, onError }: AccountChange<V> = {},
) {
  const client = useQueryClient();
  return useChange<Account, V>(send, {
    stale: STALE_AFTER_CHANGE,
    onSuccess: (account, variables) => {
      client.setQueryData(accountKey(account.account_id), account);
      onSuccess?.(account, variables);
    },
    ...(onError ? { onError } : {}),
  });
}

export const accountPath = (accountId: string) => ({ path: { account_id: accountId } });
export const changeParams = (accountId: string, key: string) => ({
  ...accountPath(accountId),
  header: { 'Idempotency-Key': key },
});
