/** What the invite's pages ask of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type Invite = Schemas['InviteView'] & { slug: string; url: string };

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
    (body, key) =>
      unwrap(
        api().PUT('/invite', { params: { header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } }, body }),
      ),
    { stale: [['invite'], ['audit']], onSuccess },
  );
}
