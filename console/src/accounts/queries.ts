/** Everything the accounts' pages ask of the API. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, unwrap } from '../api/client';
import { Intent } from '../api/intent';
import { isPassing } from '../api/problem';
import type { components } from '../api/schema';
import type { Account, AddOn, BillingMode, CancelReason, Hold, Plan } from '../api/types';
import { sendPatiently, useChange } from '../app/query';
import { toQuery, type AccountFilters } from './filters';
import { readOn, startOf } from './reading';

export function useAccounts(filters: AccountFilters) {
  const query = toQuery(filters);
  return useInfiniteQuery({
    queryKey: ['accounts', 'list', filters],
    initialPageParam: startOf(query.status),
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      readOn(pageParam, query.status, (place, limit) => {
        const { status, cursor } = place;
        const params = { query: { ...query, status, limit, ...(cursor ? { cursor } : {}) } };
        return unwrap(api().GET('/accounts', { params, signal }));
      }),
    getNextPageParam: (page) => page.place,
  });
}

export const accountKey = (accountId: string): QueryKey => ['accounts', 'one', accountId];

export function useAccount(accountId: string) {
  return useQuery({
    queryKey: accountKey(accountId),
    queryFn: () => unwrap(api().GET('/accounts/{account_id}', { params: { path: { account_id: accountId } } })),
  });
}

/** What any change of an account makes out of date beside the account itself. */
const AROUND: QueryKey[] = [['accounts'], ['summary'], ['audit'], ['departures'], ['bonuses']];

interface AccountChange<V> {
  onSuccess?: (account: Account, variables: V) => void;
  onError?: (error: unknown, variables: V) => void;
}

function useAccountChange<V>(send: (variables: V, key: string) => Promise<Account>, { onSuccess, onError }: AccountChange<V> = {}) {
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

const at = (accountId: string) => ({ path: { account_id: accountId } });
const keyed = (accountId: string, key: string) => ({ ...at(accountId), header: { 'Idempotency-Key': key } });

export interface NewAccount {
  username: string;
  organization: string;
  owner: { first_name: string; last_name: string; email: string; phone: string };
  plan: Plan;
  website?: string;
  partner_account_id?: string;
  billing_mode?: 'single_bill' | 'direct';
}

export function useCreateAccount(options: AccountChange<NewAccount>) {
  return useAccountChange<NewAccount>(
    (body, key) => unwrap(api().POST('/accounts', { params: { header: { 'Idempotency-Key': key } }, body })),
    options,
  );
}

export interface ProfileChange {
  account: Account;
  profile: Pick<NewAccount, 'organization' | 'owner'> & { website: string | null; partner_account_id: string | null };
}

export function useSaveProfile(options: AccountChange<ProfileChange>) {
  return useAccountChange<ProfileChange>(
    ({ account, profile }, key) =>
      unwrap(
        api().PATCH('/accounts/{account_id}', {
          params: { ...at(account.account_id), header: { 'If-Match': `"${account.version}"`, 'Idempotency-Key': key } },
          body: profile,
        }),
      ),
    options,
  );
}

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

export interface PlanChange {
  accountId: string;
  plan: Plan;
  keep: boolean;
}

export function useChangePlan(options: AccountChange<PlanChange>) {
  return useAccountChange<PlanChange>(
    ({ accountId, plan, keep }, key) =>
      unwrap(
        api().PUT('/accounts/{account_id}/plan', {
          params: keyed(accountId, key),
          body: { plan, ...(keep ? { keep_add_ons: ['newsletter_archive' as const] } : {}) },
        }),
      ),
    options,
  );
}

export interface Cancellation {
  accountId: string;
  reason: CancelReason;
  effective_on: string;
}

export function useCancelAccount(options: AccountChange<Cancellation>) {
  return useAccountChange<Cancellation>(
    ({ accountId, ...body }, key) =>
      unwrap(api().PUT('/accounts/{account_id}/cancellation', { params: keyed(accountId, key), body })),
    options,
  );
}

export function useWithdrawCancellation(options: AccountChange<string>) {
  return useAccountChange<string>(
    (accountId, key) => unwrap(api().DELETE('/accounts/{account_id}/cancellation', { params: keyed(accountId, key) })),
    options,
  );
}

export function useChangeBilling(options: AccountChange<{ accountId: string; billing_mode: BillingMode }>) {
  return useAccountChange<{ accountId: string; billing_mode: BillingMode }>(
    ({ accountId, billing_mode }, key) =>
      unwrap(api().PUT('/accounts/{account_id}/billing-mode', { params: keyed(accountId, key), body: { billing_mode } })),
    options,
  );
}

export function useMakeReferred(options: AccountChange<string>) {
  return useAccountChange<string>(
    (accountId, key) =>
      unwrap(
        api().PUT('/accounts/{account_id}/account-type', { params: keyed(accountId, key), body: { account_type: 'referred' } }),
      ),
    options,
  );
}

export function useSetHold(options: AccountChange<{ accountId: string; hold: Hold; on: boolean }>) {
  return useAccountChange<{ accountId: string; hold: Hold; on: boolean }>(({ accountId, hold, on }, key) => {
    const init = { params: { path: { account_id: accountId, hold }, header: { 'Idempotency-Key': key } } };
    const path = '/accounts/{account_id}/holds/{hold}';
    return unwrap(on ? api().PUT(path, init) : api().DELETE(path, init));
  }, options);
}

export type SignInLink = components['schemas']['SignInLinkView'];

export function useSignInLink() {
  return useChange<SignInLink, string>((accountId, key) =>
    unwrap(api().POST('/accounts/{account_id}/sign-in-links', { params: keyed(accountId, key) })),
  );
}

export function usePermission(onSuccess: (asked: boolean) => void) {
  return useChange<unknown, { accountId: string; ask: boolean }>(
    ({ accountId, ask }, key) => {
      const path = '/accounts/{account_id}/permission-request';
      const init = { params: keyed(accountId, key) };
      return ask ? unwrap(api().PUT(path, init)) : unwrap(api().DELETE(path, init));
    },
    { stale: [['accounts'], ['audit']], onSuccess: (_, { ask }) => onSuccess(ask) },
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
