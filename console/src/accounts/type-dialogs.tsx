/** Who manages an account: asking a referred client for permission, and giving a managed account back. */
import { formatDay } from '../text/format';
import { text } from '../text/en';
import { Confirm } from '../ui/dialog';
import { useDone, type AccountDialogProps } from './account-dialog';
import { lastRequest } from './last-request';
import { useMakeReferred } from './lifecycle-queries';
import { billingEffect } from './payers';
import { usePermission } from './permission-queries';

export function ReferDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.referDialog;
  const done = useDone(onClose);
  const effect = billingEffect(account, 'direct');
  const change = useMakeReferred({ onSuccess: () => done(text.account.changed.referred) });
  return (
    <Confirm
      title={labels.title}
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

export function PermissionDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.permission;
  const done = useDone(onClose);
  const isPending = Boolean(account.permission_ends_on);
  const last = lastRequest(account);
  const change = usePermission((asked) => done(asked ? text.account.changed.asked : text.account.changed.permissionWithdrawn));
  return (
    <Confirm
      title={labels.title}
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
