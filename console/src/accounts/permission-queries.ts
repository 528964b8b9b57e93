/** Coming into an account: permission to manage it, and the sign-in link. */
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { useChange } from '../app/query';
import { keyed } from './changing';

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

export type SignInLink = components['schemas']['SignInLinkView'];

export function useSignInLink() {
  return useChange<SignInLink, string>((accountId, key) =>
    unwrap(api().POST('/accounts/{account_id}/sign-in-links', { params: keyed(accountId, key) })),
  );
}
