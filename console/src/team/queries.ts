/** What the team's page asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import type { Role } from '../api/types';

export type Member = components['schemas']['MemberView'];
export type Invitation = components['schemas']['InvitationView'];

const STALE = [['team'], ['audit'], ['me']];

const TEAM = { queryKey: ['team'], queryFn: () => unwrap(api().GET('/team')) };

export function useTeam() {
  return useQuery({ ...TEAM, select: (team) => team.items });
}

/** A member as it was read last, however long its dialog has been open. */
export function useLatestMember(opened: Member): Member {
  return useTeam().data?.find((member) => member.member_id === opened.member_id) ?? opened;
}

/** Who is invited and has not accepted yet. */
export function useInvitations() {
  return useQuery({ ...TEAM, select: (team) => team.invitations });
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

export function useInviteMember(onSuccess: (invitation: Invitation) => void) {
  return useChange<Invitation, NewMember>(
    (body, key) => unwrap<Invitation>(api().POST('/team', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: STALE, onSuccess },
  );
}

export function useChangeRole(onSuccess: () => void) {
  return useChange<Member, { member: Member; role: Role }>(
    ({ member, role }, key) =>
      unwrap<Member>(
        api().PATCH('/team/{member_id}', {
          params: {
            path: { member_id: member.member_id },
            header: { 'If-Match': `"${member.version}"`, 'Idempotency-Key': key },
          },
          body: { role },
        }),
      ),
    { stale: STALE, onSuccess },
  );
}

export function useRemoveMember(onSuccess: () => void) {
  return useChange<unknown, string>(
    (memberId, key) =>
      unwrap<unknown>(
        api().DELETE('/team/{member_id}', {
          params: { path: { member_id: memberId }, header: { 'Idempotency-Key': key } },
        }),
      ),
    { stale: STALE, onSuccess },
  );
}

export function useResendInvitation(onSuccess: () => void) {
  return useChange<unknown, string>(
    (invitationId, key) =>
      unwrap<unknown>(
        api().POST('/team/invitations/{invitation_id}/resend', {
          params: { path: { invitation_id: invitationId }, header: { 'Idempotency-Key': key } },
        }),
      ),
    { stale: STALE, onSuccess },
  );
}

export function useRevokeInvitation(onSuccess: () => void) {
  return useChange<unknown, string>(
    (invitationId, key) =>
      unwrap<unknown>(
        api().DELETE('/team/invitations/{invitation_id}', {
          params: { path: { invitation_id: invitationId }, header: { 'Idempotency-Key': key } },
        }),
      ),
    { stale: STALE, onSuccess },
  );
}
