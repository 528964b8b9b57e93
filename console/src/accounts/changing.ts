/** How a change of an account is sent, and what it makes out of date. */
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { Account } from '../api/types';
import { useChange } from '../app/query';
import { accountKey } from './queries';

/** What any change of an account makes out of date beside the account itself. */
export const AROUND: QueryKey[] = [['accounts'], ['summary'], ['audit'], ['departures'], ['bonuses']];

export interface AccountChange<V> {
  onSuccess?: (account: Account, variables: V) => void;
  onError?: (error: unknown, variables: V) => void;
}

export function useAccountChange<V>(send: (variables: V, key: string) => Promise<Account>, { onSuccess, onError }: AccountChange<V> = {}) {
  const client = useQueryClient();
  return useChange<Account, V>(send, {
    stale: AROUND,
    onSuccess: (account, variables) => {
      client.setQueryData(accountKey(account.account_id), account);
      onSuccess?.(account, variables);
    },
    ...(onError ? { onError } : {}),
  });
}

export const at = (accountId: string) => ({ path: { account_id: accountId } });
export const keyed = (accountId: string, key: string) => ({ ...at(accountId), header: { 'Idempotency-Key': key } });
