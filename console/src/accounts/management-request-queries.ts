/** Coming into an account: permission to manage it, and the sign-in link. */
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import { changeParams } from './invalidation';

export function useManagementRequest(onSuccess: (asked: boolean) => void) {
  return useChange<unknown, { accountId: string; ask: boolean }>(
    ({ accountId, ask }, key) => {
      const path = '/accounts/{account_id}/permission-request';
      const init = { params: changeParams(accountId, key) };
      return ask ? unwrap(api().PUT(path, init)) : unwrap(api().DELETE(path, init));
    },
    { stale: [['accounts'], ['audit']], onSuccess: (_, { ask }) => onSuccess(ask) },
  );
}

export type SignInLink = components['schemas']['SignInLinkView'];

export function useSignInLink() {
  return useChange<SignInLink, string>((accountId, key) =>
    unwrap(api().POST('/accounts/{account_id}/sign-in-links', { params: changeParams(accountId, key) })),
  );
}
