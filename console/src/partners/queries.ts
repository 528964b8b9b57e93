/** What the operators' pages ask of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import { useChange } from '../api/query';
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type Partner = Schemas['PartnerView'];
export type Terms = Partner['terms'];
export type FoundUsername = Schemas['UsernameView'];

export function usePartners(enabled = true) {
  return useQuery({
    queryKey: ['partners'],
    enabled,
    staleTime: 60_000,
    queryFn: () => allPages((query) => unwrap(api().GET('/partners', { params: { query } }))),
  });
}

/** A partner by its id, as soon as the list of partners is there. */
export function usePartner(partnerId: string | null): Partner | undefined {
  return usePartners(partnerId !== null).data?.find((partner) => partner.partner_id === partnerId);
}

/** The name of a partner an operator acts for; its id until the name is there. */
export function usePartnerName(partnerId: string | null): string {
  return usePartner(partnerId)?.name ?? partnerId ?? '';
}

/** A partner as it was read last, however long its dialog has been open. */
export function useLatestPartner(opened: Partner): Partner {
  return usePartners().data?.find((partner) => partner.partner_id === opened.partner_id) ?? opened;
}

export interface NewPartner {
  name: string;
  terms: Terms;
}

export function useAddPartner(onSuccess: () => void) {
  return useChange<Partner, NewPartner>(
    (body, key) => unwrap(api().POST('/partners', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: [['partners']], onSuccess },
  );
}

export interface PartnerChange {
  partner: Partner;
  change: Partial<NewPartner> & { suspended?: boolean };
}

export function useChangePartner(onSuccess: () => void) {
  return useChange<Partner, PartnerChange>(
    ({ partner, change }, key) =>
      unwrap(
        api().PATCH('/partners/{partner_id}', {
          params: {
            path: { partner_id: partner.partner_id },
            header: { 'If-Match': `"${partner.version}"`, 'Idempotency-Key': key },
          },
          body: change,
        }),
      ),
    { stale: [['partners'], ['settings']], onSuccess },
  );
}

export function useFindUsername() {
  return useChange<FoundUsername, string>((username) =>
    unwrap(api().GET('/usernames/{username}', { params: { path: { username } } })),
  );
}
