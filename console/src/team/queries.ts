/** What the team's page asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { Page, Role } from '../api/types';
import { useChange } from '../app/query';

export interface Member {
  subject: string;
  name: string;
  email: string;
  role: Role;
  since: string;
  version: number;
}

const STALE = [['team'], ['audit'], ['me']];

export function useTeam() {
  return useQuery({
    queryKey: ['team'],
    queryFn: () => allPages((query) => unwrap<Page<Member>>(api().GET('/team', { params: { query } }))),
  });
}

export interface NewMember {
  email: string;
  name: string;
  role: Role;
}

export function useInviteMember(onSuccess: (member: Member) => void) {
  return useChange<Member, NewMember>(
    (body, key) => unwrap<Member>(api().POST('/team', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: STALE, onSuccess },
  );
}

export function useChangeRole(onSuccess: () => void) {
  return useChange<Member, { member: Member; role: Role }>(
    ({ member, role }) =>
      unwrap<Member>(
        api().PATCH('/team/{subject}', {
          params: { path: { subject: member.subject }, header: { 'If-Match': `"${member.version}"` } },
          body: { role },
        }),
      ),
    { stale: STALE, onSuccess },
  );
}

export function useRemoveMember(onSuccess: () => void) {
  return useChange<unknown, string>(
    (subject) => unwrap<unknown>(api().DELETE('/team/{subject}', { params: { path: { subject } } })),
    { stale: STALE, onSuccess },
  );
}

export function useInviteAgain(onSuccess: () => void) {
  return useChange<unknown, string>(
    (subject, key) =>
      unwrap<unknown>(api().POST('/team/{subject}/invitation', { params: { path: { subject }, header: { 'Idempotency-Key': key } } })),
    { onSuccess },
  );
}
