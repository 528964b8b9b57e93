/** The team: who may act for the partnership, and in which role. */
import { useState } from 'react';
import type { Role } from '../api/types';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatDay } from '../text/format';
import { notify } from '../ui/announce';
import { Tag } from '../ui/badge';
import { Button } from '../ui/button';
import { RadioGroup } from '../ui/choices';
import { Confirm } from '../ui/dialog';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { Note, Page } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { useOverlay } from '../ui/use-overlay';
import { Invitations } from './invitations';
import { type Member, useChangeRole, useInviteMember, useLatestMember, useRemoveMember, useTeam } from './queries';

const labels = text.team;
const ROLES = (['partner_admin', 'partner_manager', 'partner_viewer'] as const).map((value) => ({
  value,
  label: text.shell.roles[value],
  hint: labels.roleHints[value],
}));

export function TeamPage() {
  const { can } = useRights();
  const team = useTeam();
  const [isInviting, setInviting] = useOverlay('invite');
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      actions={
        can('invite_member') && (
          <Button look="primary" icon="add" onPress={() => setInviting(true)}>
            {labels.invite}
          </Button>
        )
      }
    >
      {!can('invite_member') && <Note>{labels.adminsOnly}</Note>}
      <Loaded query={team} lines={5}>
        {(members) => <Members members={members} />}
      </Loaded>
      <Invitations />
      {isInviting && can('invite_member') && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

type Open = { member: Member; what: 'role' | 'remove' } | null;

function Members({ members }: { members: Member[] }) {
  const { me, can } = useRights();
  const [open, setOpen] = useState<Open>(null);
  const { button, menu } = useRowMenu<Member>(labels.title, (member) => [
    { id: 'role', label: labels.changeRole, icon: 'edit', onAction: () => setOpen({ member, what: 'role' }) },
    {
      id: 'remove',
      label: labels.remove,
      icon: 'trash',
      danger: true,
      onAction: () => setOpen({ member, what: 'remove' }),
    },
  ]);
  const columns: Column<Member>[] = [
    {
      id: 'name',
      header: labels.columns.name,
      width: 200,
      isTitle: true,
      cell: (member) => (
        <>
          <strong>{member.name || member.email}</strong> {member.member_id === me.subject && <Tag>{labels.you}</Tag>}
        </>
      ),
    },
    { id: 'email', header: labels.columns.email, width: 280, cell: (member) => member.email },
    { id: 'role', header: labels.columns.role, width: 160, cell: (member) => word(text.shell.roles, member.role) },
    { id: 'since', header: labels.columns.since, width: 130, cell: (member) => formatDay(member.since) },
  ];
  return (
    <>
      <DataTable
        label={labels.title}
        columns={columns}
        rows={members}
        keyOf={(member) => member.member_id}
        {...(can('change_member')
          ? { actions: (member: Member) => button(member, labels.rowMenu(member.name || member.email)) }
          : {})}
      />
      {menu}
      {open?.what === 'role' && <RoleDialog member={open.member} onClose={() => setOpen(null)} />}
      {open?.what === 'remove' && <RemoveDialog member={open.member} onClose={() => setOpen(null)} />}
    </>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useInviteMember((invitation) => {
    notify(labels.invited(invitation.name));
    onClose();
  });
  const submit = (values: Record<string, string>) =>
    invite.mutate({
      email: values.email ?? '',
      name: values.name ?? '',
      role: (values.role ?? 'partner_viewer') as Role,
    });
  return (
    <FormDialog
      title={labels.inviteTitle}
      submit={labels.submit}
      error={invite.error}
      isPending={invite.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField name="name" label={labels.name} maxLength={120} isRequired autoFocus />
      <TextField name="email" type="email" label={labels.email} isRequired />
      <RadioGroup name="role" stacked label={labels.role} choices={ROLES} defaultValue="partner_manager" />
    </FormDialog>
  );
}

function RoleDialog({ member: opened, onClose }: { member: Member; onClose: () => void }) {
  const member = useLatestMember(opened);
  const change = useChangeRole(() => {
    notify(labels.changed);
    onClose();
  });
  return (
    <FormDialog
      title={labels.changeRoleOf(member.name || member.email)}
      submit={text.actions.save}
      error={change.error}
      isPending={change.isPending}
      onSubmit={(values) => change.mutate({ member, role: values.role as Role })}
      onClose={onClose}
    >
      <RadioGroup name="role" stacked label={labels.role} choices={ROLES} defaultValue={member.role} />
    </FormDialog>
  );
}

function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const remove = useRemoveMember(() => {
    notify(labels.removed);
    onClose();
  });
  return (
    <Confirm
      title={labels.removeTitle(member.name || member.email)}
      question={labels.removeQuestion}
      action={labels.remove}
      danger
      isOpen
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(member.member_id)}
      onClose={onClose}
    />
  );
}
