/** The dialogs that change an account: plan, billing, cancellation, type, permission. */
import { useState } from 'react';
import type { Account, BillingMode, CancelReason, Plan } from '../api/types';
import { notify } from '../app/announce';
import { today } from '../app/today';
import { formatDay } from '../text/format';
import { text } from '../text/en';
import { Confirm } from '../ui/dialog';
import { Checkbox, RadioGroup, TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { Note } from '../ui/page';
import { Select } from '../ui/select';
import { Failure } from '../ui/states';
import { lastRequest } from './last-request';
import { useCancelAccount, useChangeBilling, useChangePlan, useMakeReferred, usePermission, useWithdrawCancellation } from './queries';

interface Props {
  account: Account;
  onClose: () => void;
}

const PAID: Plan[] = ['lite', 'standard', 'premium'];

function useDone(onClose: () => void) {
  return (message: string) => {
    notify(message);
    onClose();
  };
}

export function PlanDialog({ account, onClose }: Props) {
  const labels = text.account.planDialog;
  const done = useDone(onClose);
  const change = useChangePlan({ onSuccess: () => done(text.account.changed.plan) });
  const plans = PAID.filter((plan) => account.status === 'C' || plan !== account.plan);
  const [plan, setPlan] = useState<Plan>(plans[0] ?? 'lite');
  const [keep, setKeep] = useState(false);
  const ends = account.add_ons.newsletter_archive.entitlement === 'included' && plan !== 'premium';
  return (
    <FormDialog
      title={account.status === 'C' ? labels.reactivate : labels.title}
      submit={account.status === 'C' ? labels.reactivate : labels.submit}
      error={change.error}
      isPending={change.isPending}
      onClose={onClose}
      onSubmit={() => change.mutate({ accountId: account.account_id, plan, keep: ends && keep })}
    >
      <p>{labels.lead}</p>
      <RadioGroup
        name="plan"
        label={labels.plan}
        value={plan}
        onChange={(value) => setPlan(value as Plan)}
        choices={plans.map((value) => ({ value, label: text.words.plan[value] }))}
      />
      {ends && (
        <div>
          <Checkbox isSelected={keep} onChange={setKeep}>
            {labels.keep}
          </Checkbox>
          <Note>{labels.keepHint}</Note>
        </div>
      )}
    </FormDialog>
  );
}

export function BillingDialog({ account, onClose }: Props) {
  const labels = text.account.billingDialog;
  const done = useDone(onClose);
  const change = useChangeBilling({ onSuccess: () => done(text.account.changed.billing) });
  const [mode, setMode] = useState<string>(account.billing_mode);
  return (
    <FormDialog
      title={labels.title}
      submit={labels.submit}
      error={change.error}
      isPending={change.isPending}
      onClose={onClose}
      onSubmit={() => change.mutate({ accountId: account.account_id, billing_mode: mode as BillingMode })}
    >
      <p>{labels.lead}</p>
      <RadioGroup
        name="billing_mode"
        label={text.account.billing}
        value={mode}
        onChange={setMode}
        choices={Object.entries(text.words.billingMode).map(([value, label]) => ({ value, label }))}
      />
    </FormDialog>
  );
}

export function CancelDialog({ account, onClose }: Props) {
  const labels = text.account.cancelDialog;
  const done = useDone(onClose);
  const change = useCancelAccount({
    onSuccess: (now) => done(now.status === 'C' ? text.account.changed.cancelled : text.account.changed.cancellationDated),
  });
  return (
    <FormDialog
      title={labels.title}
      submit={labels.submit}
      cancel={labels.keep}
      danger
      error={change.error}
      isPending={change.isPending}
      onClose={onClose}
      onSubmit={(values) => change.mutate({ accountId: account.account_id, reason: values.reason as CancelReason, effective_on: values.effective_on ?? today() })}
    >
      <p>{labels.lead}</p>
      <Select
        name="reason"
        label={labels.reason}
        placeholder={labels.chooseReason}
        isRequired
        choices={Object.entries(text.words.cancelReason).map(([value, label]) => ({ value, label }))}
      />
      <TextField name="effective_on" type="date" width="short" label={labels.date} hint={labels.dateHint} defaultValue={today()} isRequired />
    </FormDialog>
  );
}

export function WithdrawDialog({ account, onClose }: Props) {
  const done = useDone(onClose);
  const change = useWithdrawCancellation({ onSuccess: () => done(text.account.changed.withdrawn) });
  const day = formatDay(account.cancellation?.effective_on);
  return (
    <Confirm
      title={text.accounts.menu.withdrawCancellation}
      question={text.account.scheduled(day, text.words.cancelReason[account.cancellation?.reason as keyof typeof text.words.cancelReason] ?? '')}
      action={text.accounts.menu.withdrawCancellation}
      isOpen
      isPending={change.isPending}
      onConfirm={() => change.mutate(account.account_id)}
      onClose={onClose}
    >
      {Boolean(change.error) && <Failure error={change.error} />}
    </Confirm>
  );
}

export function ReferDialog({ account, onClose }: Props) {
  const labels = text.account.referDialog;
  const done = useDone(onClose);
  const change = useMakeReferred({ onSuccess: () => done(text.account.changed.referred) });
  return (
    <Confirm
      title={labels.title}
      question={labels.question}
      action={labels.submit}
      danger
      isOpen
      isPending={change.isPending}
      onConfirm={() => change.mutate(account.account_id)}
      onClose={onClose}
    >
      {Boolean(change.error) && <Failure error={change.error} />}
    </Confirm>
  );
}

export function PermissionDialog({ account, onClose }: Props) {
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
      onConfirm={() => change.mutate({ accountId: account.account_id, ask: !isPending })}
      onClose={onClose}
    >
      {last && <p>{last}</p>}
      {Boolean(change.error) && <Failure error={change.error} />}
    </Confirm>
  );
}
