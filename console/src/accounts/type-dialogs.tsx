/** Who manages an account: asking a referred client for permission, and giving a managed account back. */

import { text } from '../text/en';
import { formatDay } from '../text/format';
import { Confirm } from '../ui/dialog';
import { type AccountDialogProps, useNotifyDone } from './account-dialog';
import { billingEffect } from './add-on-payers';
import { lastManagementRequest } from './last-management-request';
import { useMakeReferred } from './lifecycle-queries';
import { useManagementRequest } from './management-request-queries';

export function ReferDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.referDialog;
  const done = useNotifyDone(onClose);
  const effect = billingEffect(account, 'direct');
  const change = useMakeReferred({ onSuccess: () => done(text.account.changed.referred) });
  return (
    <Confirm
      title={labels.title(account.organization)}
      question={labels.question}
      action={labels.submit}
      danger
      isOpen
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(account.account_id)}
      onClose={onClose}
    >
      {effect && <p>{effect}</p>}
    </Confirm>
  );
}

export function ManagementRequestDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.permission;
  const done = useNotifyDone(onClose);
  const isPending = Boolean(account.permission_ends_on);
  const last = lastManagementRequest(account);
  const change = useManagementRequest((asked) =>
    done(asked ? text.account.changed.asked : text.account.changed.permissionWithdrawn),
  );
  return (
    <Confirm
      title={labels.titleOf(account.organization)}
      question={isPending ? labels.pending(formatDay(account.permission_ends_on)) : labels.lead}
      action={isPending ? labels.withdraw : labels.ask}
      isOpen
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ accountId: account.account_id, ask: !isPending })}
      onClose={onClose}
    >
      {last && <p>{last}</p>}
    </Confirm>
  );
}
