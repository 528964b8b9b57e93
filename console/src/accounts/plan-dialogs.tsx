/** What an account pays for, and how: plan and billing. */
import { useState } from 'react';
import type { BillingMode, Plan } from '../api/types';
import { text } from '../text/en';
import { Checkbox, RadioGroup } from '../ui/choices';
import { FormDialog } from '../ui/form-dialog';
import { Note } from '../ui/page';
import { type AccountDialogProps, useNotifyDone } from './account-dialog';
import { billingEffect } from './add-on-payers';
import { FromTo } from './from-to';
import { useChangeBilling, useChangePlan } from './lifecycle-queries';

const PAID: Plan[] = ['lite', 'standard', 'premium'];

export function PlanDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.planDialog;
  const done = useNotifyDone(onClose);
  const isCancelled = account.status === 'C';
  const change = useChangePlan({
    onSuccess: (now) =>
      done(isCancelled ? text.account.changed.reactivated : text.account.changed.plan(text.words.plan[now.plan])),
  });
  const [plan, setPlan] = useState<Plan | null>(null);
  const [keep, setKeep] = useState(false);
  const ends = account.add_ons.newsletter_archive.entitlement === 'included' && plan !== null && plan !== 'premium';
  return (
    <FormDialog
      title={isCancelled ? labels.reactivate(account.organization) : labels.title(account.organization)}
      submit={isCancelled ? labels.submitReactivate : labels.submit}
      error={change.error}
      isPending={change.isPending}
      onClose={onClose}
      onSubmit={() => plan && change.mutate({ accountId: account.account_id, plan, keep: ends && keep })}
    >
      {!account.initial_upgrade_on && <p>{labels.firstPayment}</p>}
      <FromTo label={labels.current} from={text.words.plan[account.plan]} to={plan && text.words.plan[plan]} />
      <RadioGroup
        name="plan"
        label={labels.plan}
        isRequired
        onChange={(value) => setPlan(value as Plan)}
        choices={PAID.filter((value) => isCancelled || value !== account.plan).map((value) => ({
          value,
          label: text.words.plan[value],
          hint: isCancelled ? undefined : directionOf(account.plan, value),
        }))}
        stacked
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

/** Whether a paid plan is above or below the one that is paid for now; nothing for the first one. */
function directionOf(current: Plan, next: Plan): string | undefined {
  if (!PAID.includes(current)) return undefined;
  const { upgrade, downgrade } = text.account.planDialog;
  return PAID.indexOf(next) > PAID.indexOf(current) ? upgrade : downgrade;
}

export function BillingDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.billingDialog;
  const done = useNotifyDone(onClose);
  const change = useChangeBilling({ onSuccess: () => done(text.account.changed.billing) });
  const [mode, setMode] = useState<BillingMode>(account.billing_mode);
  const effect = billingEffect(account, mode);
  return (
    <FormDialog
      title={labels.title(account.organization)}
      submit={labels.submit}
      error={change.error}
      isPending={change.isPending}
      isBlocked={mode === account.billing_mode}
      onClose={onClose}
      onSubmit={() => change.mutate({ accountId: account.account_id, billing_mode: mode })}
    >
      <p>{labels.lead}</p>
      <FromTo
        label={labels.current}
        from={text.words.billingMode[account.billing_mode]}
        to={mode === account.billing_mode ? null : text.words.billingMode[mode]}
      />
      <RadioGroup
        name="billing_mode"
        label={text.account.billing}
        value={mode}
        onChange={(value) => setMode(value as BillingMode)}
        choices={Object.entries(text.words.billingMode).map(([value, label]) => ({ value, label }))}
      />
      {effect && <Note tone="warn">{effect}</Note>}
    </FormDialog>
  );
}
