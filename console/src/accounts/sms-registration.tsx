/** The SMS registration of one account: its progress, its form, and an operator's decision. */
import { useState } from 'react';
import { useParams } from 'react-router';
import type { Account, RegistrationStatus } from '../api/types';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { Form, type Values } from '../ui/form';
import styles from '../ui/form.module.css';
import { Help } from '../ui/help';
import { Note, Page, Section } from '../ui/page';
import { Failure, Loaded, Skeleton } from '../ui/states';
import { useAccount } from './queries';
import { knownOf, SmsFields } from './sms-fields';
import { type SmsRegistration, useSaveRegistration, useSmsRegistration } from './sms-queries';
import { SmsReview } from './sms-review';
import { SmsSteps } from './sms-steps';

const labels = text.sms;
const EDITABLE: RegistrationStatus[] = ['not_started', 'draft', 'rejected'];

export function SmsRegistrationPage() {
  const { accountId = '' } = useParams();
  const account = useAccount(accountId);
  return (
    <Page
      title={labels.title}
      lead={account.data && labels.lead(account.data.organization)}
      beside={<Help rule={text.rules.smsRegistration} />}
      back={{ href: `/accounts/${accountId}`, label: account.data?.organization ?? text.account.loading }}
    >
      {account.data ? (
        <Registration account={account.data} />
      ) : account.error ? (
        <Failure error={account.error} onRetry={() => void account.refetch()} />
      ) : (
        <Skeleton lines={10} />
      )}
    </Page>
  );
}

function Registration({ account }: { account: Account }) {
  const registration = useSmsRegistration(account.account_id);
  if (account.add_ons.sms.entitlement !== 'active') return <Note tone="warn">{labels.notActive}</Note>;
  return (
    <Loaded query={registration} lines={12}>
      {(data) => <RegistrationForm account={account} registration={data} />}
    </Loaded>
  );
}

function RegistrationForm({ account, registration }: { account: Account; registration: SmsRegistration }) {
  const { can } = useRights();
  const [isSubmitting, setSubmitting] = useState(false);
  const save = useSaveRegistration(account.account_id, (submitted) =>
    notify(submitted ? labels.submitted : labels.saved),
  );
  const isEditable = can('edit_sms_registration') && EDITABLE.includes(registration.status);
  const submit = (values: Values) =>
    save.mutate({ form: formOf(values), version: registration.version, submit: isSubmitting });
  return (
    <>
      <SmsSteps state={registration.status} />
      <StateNote registration={registration} />
      <Section title={labels.title}>
        <Form guarded className={styles.form ?? ''} label={labels.title} error={save.error} onSubmit={submit}>
          <SmsFields
            form={registration.form}
            known={isEditable && registration.status === 'not_started' ? knownOf(account) : {}}
            isLocked={!isEditable}
            isApprovedBefore={registration.status === 'approved'}
          />
          {isEditable && (
            <div className={styles.actions}>
              <Button type="submit" isPending={save.isPending && !isSubmitting} onPress={() => setSubmitting(false)}>
                {labels.saveDraft}
              </Button>
              <Button
                type="submit"
                look="primary"
                isPending={save.isPending && isSubmitting}
                onPress={() => setSubmitting(true)}
              >
                {labels.submit}
              </Button>
            </div>
          )}
        </Form>
      </Section>
      {can('review_sms_registration') && <SmsReview accountId={account.account_id} state={registration.status} />}
    </>
  );
}

/** A choice that was not made is null, a text that was not written is empty. */
function formOf(values: Values): Record<string, string | null> {
  const chosen = (name: string) => values[name] || null;
  return {
    ...values,
    business_type: chosen('business_type'),
    opt_in_type: chosen('opt_in_type'),
    use_case: chosen('use_case'),
  };
}

function StateNote({ registration }: { registration: SmsRegistration }) {
  const { status: state, rejection, monthly_limit: limit } = registration;
  return (
    <>
      {state === 'rejected' && (
        <Note tone="bad">
          <strong>{labels.rejectedTitle}.</strong> {rejection} {labels.rejected}
        </Note>
      )}
      {state === 'approved' && <Note tone="good">{labels.approved}</Note>}
      {(state === 'submitted' || state === 'in_review') && <Note>{labels.waiting}</Note>}
      {limit && <Note>{labels.messageLimit(formatNumber(limit))}</Note>}
    </>
  );
}
