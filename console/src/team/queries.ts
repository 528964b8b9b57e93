/** What the team's page asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import type { Role } from '../api/types';
import { useChange } from '../app/query';

export type Member = components['schemas']['MemberView'];

const STALE = [['team'], ['audit'], ['me']];

export function useTeam() {
  return useQuery({
    queryKey: ['team'],
    queryFn: async () => (await unwrap(api().GET('/team'))).items,
  });
}

/** The name of somebody on the team; nothing for others, such as the platform's staff. */
export function useNameOf(): (subject: string) => string | undefined {
  const team = useTeam();
  return (subject) => team.data?.find((member) => member.member_id === subject)?.name || undefined;
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
    ({ member, role }, key) =>
      unwrap<Member>(
        api().PATCH('/team/{member_id}', {
          params: { path: { member_id: member.member_id }, header: { 'If-Match': `"${member.version}"`, 'Idempotency-Key': key } },
          body: { role },
        }),
      ),
    { stale: STALE, onSuccess },
  );
}

export function useRemoveMember(onSuccess: () => void) {
  return useChange<unknown, string>(
    (memberId, key) =>
      unwrap<unknown>(api().DELETE('/team/{member_id}', { params: { path: { member_id: memberId }, header: { 'Idempotency-Key': key } } })),
    { stale: STALE, onSuccess },
  );
}

export function useInviteAgain(onSuccess: () => void) {
  return useChange<unknown, string>(
    (memberId, key) =>
      unwrap<unknown>(api().POST('/team/{member_id}/invitation', { params: { path: { member_id: memberId }, header: { 'Idempotency-Key': key } } })),
    { onSuccess },
  );
}
