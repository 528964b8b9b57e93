/** A referred account: asking its client for permission to manage it. */
import { useState } from 'react';
import type { Account } from '../api/types';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { formatDay } from '../text/format';
import { Button } from '../ui/button';
import { Note, Section } from '../ui/page';
import { lastManagementRequest } from './last-management-request';
import { ManagementRequestDialog } from './type-dialogs';

const labels = text.account.permission;

export function ManagementRequestSection({ account }: { account: Account }) {
  const { can } = useRights();
  const [isOpen, setOpen] = useState(false);
  const pendingUntil = account.permission_ends_on;
  const last = lastManagementRequest(account);
  return (
    <Section
      title={labels.title}
      help={text.rules.permission}
      lead={pendingUntil ? labels.pending(formatDay(pendingUntil)) : labels.lead}
      actions={
        can('request_permission') && (
          <Button onPress={() => setOpen(true)}>{pendingUntil ? labels.withdraw : labels.ask}</Button>
        )
      }
    >
      {last && <Note>{last}</Note>}
      {isOpen && <ManagementRequestDialog account={account} onClose={() => setOpen(false)} />}
    </Section>
  );
}
