/** Canceling an account, and withdrawing a cancellation that has not taken effect. */

import { today } from '../api/business-day';
import type { CancelReason } from '../api/types';
import { text } from '../text/en';
import { formatDay } from '../text/format';
import { Confirm } from '../ui/dialog';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { Select } from '../ui/select';
import { type AccountDialogProps, useNotifyDone } from './account-dialog';
import { useCancelAccount, useWithdrawCancellation } from './lifecycle-queries';

export function CancelDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.cancelDialog;
  const done = useNotifyDone(onClose);
  const change = useCancelAccount({
    onSuccess: (now) =>
      done(now.status === 'C' ? text.account.changed.cancelled : text.account.changed.cancellationDated),
  });
  return (
    <FormDialog
      title={labels.title(account.organization)}
      submit={labels.submit}
      cancel={labels.keep}
      danger
      error={change.error}
      isPending={change.isPending}
      onClose={onClose}
      onSubmit={(values) =>
        change.mutate({
          accountId: account.account_id,
          reason: values.reason as CancelReason,
          effective_on: values.effective_on ?? today(),
        })
      }
    >
      <p>{labels.lead(text.words.plan[account.plan])}</p>
      <Select
        name="reason"
        label={labels.reason}
        placeholder={labels.chooseReason}
        isRequired
        choices={Object.entries(text.words.cancelReason).map(([value, label]) => ({ value, label }))}
      />
      <TextField
        name="effective_on"
        type="date"
        width="short"
        label={labels.date}
        hint={labels.dateHint}
        defaultValue={today()}
        isRequired
      />
    </FormDialog>
  );
}

export function WithdrawDialog({ account, onClose }: AccountDialogProps) {
  const done = useNotifyDone(onClose);
  const change = useWithdrawCancellation({ onSuccess: () => done(text.account.changed.withdrawn) });
  const day = formatDay(account.cancellation?.effective_on);
  return (
    <Confirm
      title={text.account.withdrawTitle(account.organization)}
      question={text.account.scheduled(
        day,
        text.words.cancelReason[account.cancellation?.reason as keyof typeof text.words.cancelReason] ?? '',
      )}
      action={text.accounts.menu.withdrawCancellation}
      isOpen
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate(account.account_id)}
      onClose={onClose}
    />
  );
}
