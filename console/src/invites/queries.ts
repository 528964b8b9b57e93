/** What the invite's pages ask of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { ProblemError } from '../api/problem';
import { useChange } from '../app/query';

export interface Invite {
  slug: string;
  greeting: string;
  logo_url: string | null;
  url?: string;
  visits: number;
  sign_ups: number;
  version: number;
}

/** The partner's invite; null while it has none. */
export function useInvite() {
  return useQuery({
    queryKey: ['invite'],
    queryFn: async (): Promise<Invite | null> => {
      try {
        return await unwrap<Invite>(api().GET('/invite'));
      } catch (error) {
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      }
    },
  });
}

export function inviteAddress(invite: Pick<Invite, 'slug' | 'url'>): string {
  return invite.url ?? `${window.location.origin}${import.meta.env.BASE_URL}invites/${invite.slug}`;
}

export interface InviteChange {
  slug: string;
  greeting: string;
  logo_url: string | null;
}

export function useSaveInvite(version: number | null, onSuccess: () => void) {
  return useChange<Invite, InviteChange>(
    (body) =>
      unwrap<Invite>(api().PUT('/invite', { params: { header: version === null ? {} : { 'If-Match': `"${version}"` } }, body })),
    { stale: [['invite'], ['audit']], onSuccess },
  );
}

export interface PublicInvite {
  slug: string;
  partner_name: string;
  greeting: string;
  logo_url: string | null;
  sign_up_url?: string | null;
}

export function usePublicInvite(slug: string) {
  return useQuery({
    queryKey: ['public-invite', slug],
    queryFn: () => unwrap<PublicInvite>(api().GET('/invites/{slug}', { params: { path: { slug } } })),
    retry: false,
  });
}

/** The page tells that it was opened by a person; a mere GET counts nothing. */
export function tellVisit(slug: string): Promise<unknown> {
  return unwrap<unknown>(
    api().POST('/invites/{slug}/visits', { params: { path: { slug }, header: { 'Idempotency-Key': crypto.randomUUID() } } }),
  ).catch(() => undefined);
}
