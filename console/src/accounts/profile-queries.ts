/** A new account, and what a partner writes of one. */
import { api, unwrap } from '../api/client';
import type { Account, Plan } from '../api/types';
import { type AccountChange, accountPath, useAccountChange } from './invalidation';

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
  profile: Partial<Pick<NewAccount, 'organization' | 'owner'>> & {
    website?: string | null;
    partner_account_id: string | null;
  };
}

export function useSaveProfile(options: AccountChange<ProfileChange>) {
  return useAccountChange<ProfileChange>(
    ({ account, profile }, key) =>
      unwrap(
        api().PATCH('/accounts/{account_id}', {
          params: {
            ...accountPath(account.account_id),
            header: { 'If-Match': `"${account.version}"`, 'Idempotency-Key': key },
          },
          body: profile,
        }),
      ),
    options,
  );
}
