/** What the SMS registration form asks of the API. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import { accountKey } from './queries';

export type SmsRegistration = components['schemas']['RegistrationView'];
type Body = components['schemas']['RegistrationBody'];

const keyOf = (accountId: string) => ['accounts', 'sms', accountId];
const path = '/accounts/{account_id}/sms-registration';

export function useSmsRegistration(accountId: string) {
  return useQuery({
    queryKey: keyOf(accountId),
    queryFn: () => unwrap(api().GET(path, { params: { path: { account_id: accountId } } })),
  });
}

export interface RegistrationChange {
  form: Body;
  version: number;
  submit: boolean;
}

/** Saves the form and, where asked, hands it in; saving comes first so that no input is lost by a refusal. */
export function useSaveRegistration(accountId: string, onSuccess: (submitted: boolean) => void) {
  const client = useQueryClient();
  return useChange<SmsRegistration, RegistrationChange>(
    async ({ form, version, submit }, key) => {
      const saved = await unwrap(
        api().PUT(path, {
          params: { path: { account_id: accountId }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } },
          body: form,
        }),
      );
      client.setQueryData(keyOf(accountId), saved);
      if (!submit) return saved;
      return unwrap(
        api().POST('/accounts/{account_id}/sms-registration/submission', {
          params: { path: { account_id: accountId }, header: { 'Idempotency-Key': key } },
        }),
      );
    },
    {
      stale: [keyOf(accountId), accountKey(accountId), ['audit'], ['sms-reviews']],
      onSuccess: (_, { submit }) => onSuccess(submit),
    },
  );
}

export interface Review {
  status: 'in_review' | 'approved' | 'rejected';
  reason?: string;
}

/** `partnerId` names whose it is, where that is not the partner one acts for. */
export function useReviewRegistration(
  accountId: string,
  partnerId: string | undefined,
  onSuccess: (review: Review) => void,
) {
  return useChange<SmsRegistration, Review>(
    (body, key) =>
      unwrap(
        api().POST('/accounts/{account_id}/sms-registration/review', {
          params: { path: { account_id: accountId }, header: { 'Idempotency-Key': key } },
          ...(partnerId ? { headers: { 'Partner-Id': partnerId } } : {}),
          body,
        }),
      ),
    {
      stale: [keyOf(accountId), accountKey(accountId), ['audit'], ['sms-reviews'], ['queues']],
      onSuccess: (_, review) => onSuccess(review),
    },
  );
}
