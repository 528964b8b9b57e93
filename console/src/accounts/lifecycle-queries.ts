/** What changes an account’s plan, billing, cancellation and type. */
import { api, unwrap } from '../api/client';
import type { BillingMode, CancelReason, Plan } from '../api/types';
import { type AccountChange, changeParams, useAccountChange } from './invalidation';

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
          params: changeParams(accountId, key),
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
      unwrap(api().PUT('/accounts/{account_id}/cancellation', { params: changeParams(accountId, key), body })),
    options,
  );
}

export function useWithdrawCancellation(options: AccountChange<string>) {
  return useAccountChange<string>(
    (accountId, key) =>
      unwrap(api().DELETE('/accounts/{account_id}/cancellation', { params: changeParams(accountId, key) })),
    options,
  );
}

export function useChangeBilling(options: AccountChange<{ accountId: string; billing_mode: BillingMode }>) {
  return useAccountChange<{ accountId: string; billing_mode: BillingMode }>(
    ({ accountId, billing_mode }, key) =>
      unwrap(
        api().PUT('/accounts/{account_id}/billing-mode', {
          params: changeParams(accountId, key),
          body: { billing_mode },
        }),
      ),
    options,
  );
}

export function useMakeReferred(options: AccountChange<string>) {
  return useAccountChange<string>(
    (accountId, key) =>
      unwrap(
        api().PUT('/accounts/{account_id}/account-type', {
          params: changeParams(accountId, key),
          body: { account_type: 'referred' },
        }),
      ),
    options,
  );
}
