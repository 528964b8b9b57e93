/** What the page of an invitation asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';

export type Offer = components['schemas']['OfferView'];
export type FirstSignIn = components['schemas']['FirstSignInView'];
export type Joined = components['schemas']['JoinedView'];

export function useOffer(token: string) {
  return useQuery({
    queryKey: ['invitation', token],
    retry: false,
    queryFn: () => unwrap<Offer>(api().POST('/invitations/look-ups', { body: { token } })),
  });
}

export const startSignIn = (token: string): Promise<FirstSignIn> =>
  unwrap<FirstSignIn>(api().POST('/invitations/sign-ins', { body: { token } }));

export function useAccept(onSuccess: (joined: Joined) => void) {
  return useChange<Joined, string>(
    (token, key) =>
      unwrap<Joined>(
        api().POST('/invitations/acceptances', { params: { header: { 'Idempotency-Key': key } }, body: { token } }),
      ),
    { onSuccess },
  );
}
