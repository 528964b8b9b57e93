/** Who is invited to the team and has not accepted yet. */
import { useState } from 'react';
import { explain } from '../api/problem';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatDay } from '../text/format';
import { notify } from '../ui/announce';
import { Tag } from '../ui/badge';
import { Confirm } from '../ui/dialog';
import { useRowMenu } from '../ui/row-menu';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { type Invitation, useInvitations, useResendInvitation, useRevokeInvitation } from './queries';

const labels = text.team;

const COLUMNS: Column<Invitation>[] = [
  {
    id: 'name',
    header: labels.invitationColumns.name,
    width: 200,
    isTitle: true,
    cell: (invitation) => <strong>{invitation.name}</strong>,
  },
  { id: 'email', header: labels.invitationColumns.email, width: 280, cell: (invitation) => invitation.email },
  {
    id: 'role',
    header: labels.invitationColumns.role,
    width: 160,
    cell: (invitation) => word(text.shell.roles, invitation.role),
  },
  {
    id: 'until',
    header: labels.invitationColumns.until,
    width: 160,
    cell: (invitation) => (
      <>
        {formatDay(invitation.expires_at)} {invitation.expired && <Tag>{labels.expired}</Tag>}
      </>
    ),
  },
];

export function Invitations() {
  const { can } = useRights();
  const invitations = useInvitations();
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const resend = useResendInvitation(() => notify(labels.againDone));
  const { button, menu } = useRowMenu<Invitation>(labels.invitations, (invitation) => [
    {
      id: 'again',
      label: labels.again,
      icon: 'send',
      onAction: () =>
        resend.mutate(invitation.invitation_id, { onError: (error) => notify(explain(error).detail, 'bad') }),
    },
    { id: 'revoke', label: labels.revoke, icon: 'trash', danger: true, onAction: () => setRevoking(invitation) },
  ]);
  if (!invitations.data?.length) return null;
  return (
    <section>
      <h2>{labels.invitations}</h2>
      <DataTable
        label={labels.invitations}
        columns={COLUMNS}
        rows={invitations.data}
        keyOf={(invitation) => invitation.invitation_id}
        {...(can('resend_invitation')
          ? { actions: (invitation: Invitation) => button(invitation, labels.invitationMenu(invitation.name)) }
          : {})}
      />
      {menu}
      {revoking && <RevokeDialog invitation={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

function RevokeDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const revoke = useRevokeInvitation(() => {
    notify(labels.revoked);
    onClose();
  });
  return (
    <Confirm
      title={labels.revokeTitle(invitation.name)}
      question={labels.revokeQuestion}
      action={labels.revoke}
      danger
      isOpen
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(invitation.invitation_id)}
      onClose={onClose}
    />
  );
}
