/** What the invite's pages ask of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { useChange } from '../app/query';

type Schemas = components['schemas'];
export type Invite = Schemas['InviteView'] & { slug: string; url: string };
export type PublicInvite = Schemas['PublicInviteView'];

/** The partner's invite; one that is not set up has a version, and neither slug nor address. */
export function useInvite() {
  return useQuery({ queryKey: ['invite'], queryFn: () => unwrap(api().GET('/invite')) });
}

export function isSetUp(invite: Schemas['InviteView']): invite is Invite {
  return invite.slug !== null && invite.url !== null;
}

export interface InviteChange {
  slug: string;
  greeting: string;
  logo_url: string | null;
}

export function useSaveInvite(version: number, onSuccess: () => void) {
  return useChange<unknown, InviteChange>(
    (body) => unwrap(api().PUT('/invite', { params: { header: { 'If-Match': `"${version}"` } }, body })),
    { stale: [['invite'], ['audit']], onSuccess },
  );
}

export function usePublicInvite(slug: string) {
  return useQuery({
    queryKey: ['public-invite', slug],
    queryFn: () => unwrap(api().GET('/invites/{slug}', { params: { path: { slug } } })),
    retry: false,
  });
}

/** The page tells that it was opened by a person; a mere GET counts nothing. */
export function tellVisit(slug: string): Promise<unknown> {
  return unwrap(api().POST('/invites/{slug}/visits', { params: { path: { slug } } })).catch(() => undefined);
}
