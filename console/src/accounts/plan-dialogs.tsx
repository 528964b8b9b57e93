/** What an account pays for, and how: plan and billing. */
import { useState } from 'react';
import type { BillingMode, Plan } from '../api/types';
import { text } from '../text/en';
import { Checkbox, RadioGroup } from '../ui/choices';
import { FormDialog } from '../ui/form-dialog';
import { Note } from '../ui/page';
import { type AccountDialogProps, useNotifyDone } from './account-dialog';
import { billingEffect } from './add-on-payers';
import { useChangeBilling, useChangePlan } from './lifecycle-queries';

const PAID: Plan[] = ['lite', 'standard', 'premium'];

export function PlanDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.planDialog;
  const done = useNotifyDone(onClose);
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

export function BillingDialog({ account, onClose }: AccountDialogProps) {
  const labels = text.account.billingDialog;
  const done = useNotifyDone(onClose);
  const change = useChangeBilling({ onSuccess: () => done(text.account.changed.billing) });
  const [mode, setMode] = useState<string>(account.billing_mode);
  const effect = billingEffect(account, mode as BillingMode);
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
      {effect && <Note tone="warn">{effect}</Note>}
    </FormDialog>
  );
}
