/** A new managed account. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Plan } from '../api/types';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button, ButtonLink, TextLink } from '../ui/button';
import { RadioGroup } from '../ui/choices';
import { FieldGroup, FieldRow, TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import styles from '../ui/form.module.css';
import { Note, Page, Section } from '../ui/page';
import { ProfileFields } from './profile-fields';
import { type NewAccount, useCreateAccount } from './profile-queries';

const labels = text.newAccount;
const PLANS = (Object.keys(text.words.plan) as Plan[]).map((value) => ({
  value,
  label: text.words.plan[value],
  hint: value === 'trial' ? labels.trialHint : labels.paidHint,
}));

export function NewAccountPage() {
  const navigate = useNavigate();
  const { me, can } = useRights();
  const [plan, setPlan] = useState<string>('trial');
  const create = useCreateAccount({
    onSuccess: (account) => {
      notify(labels.created(account.organization));
      void navigate(`/accounts/${account.account_id}`);
    },
  });
  return (
    <Page title={labels.title} lead={labels.lead} back={{ href: '/accounts', label: text.account.back }}>
      {!can('create_account') && <Note tone="warn">{text.shell.readOnly}</Note>}
      {can('create_import') && (
        <p>
          <TextLink href="/imports">{labels.byFile}</TextLink>
        </p>
      )}
      <Section title={text.account.profile}>
        <Form
          guarded
          className={styles.form ?? ''}
          label={labels.title}
          error={create.error}
          onSubmit={(values) => create.mutate(newAccountOf(values))}
        >
          <FieldGroup title={labels.organizationTitle}>
            <FieldRow>
              <TextField
                name="username"
                label={text.account.username}
                hint={text.account.usernameHint}
                minLength={6}
                maxLength={50}
                pattern="[A-Za-z0-9_@.+\-]+"
                format={text.account.usernameFormat}
                tidy={(typed) => typed.trim()}
                autoComplete="off"
                isRequired
              />
              <TextField
                name="partner_account_id"
                label={text.account.partnerAccountId}
                hint={text.account.partnerAccountIdHint}
                maxLength={80}
              />
            </FieldRow>
          </FieldGroup>
          <ProfileFields />
          <FieldGroup title={labels.planTitle}>
            <RadioGroup
              name="plan"
              stacked
              label={text.account.planLabel}
              choices={PLANS}
              value={plan}
              onChange={setPlan}
            />
            {plan !== 'trial' && me.partner?.single_bill_enabled && (
              <RadioGroup
                name="billing_mode"
                label={labels.billing}
                defaultValue="single_bill"
                choices={Object.entries(text.words.billingMode).map(([value, label]) => ({ value, label }))}
              />
            )}
          </FieldGroup>
          <div className={styles.actions}>
            <ButtonLink href="/accounts">{text.actions.cancel}</ButtonLink>
            <Button type="submit" look="primary" isPending={create.isPending} isDisabled={!can('create_account')}>
              {labels.submit}
            </Button>
          </div>
        </Form>
      </Section>
    </Page>
  );
}

export function newAccountOf(values: Values): NewAccount {
  const optional = (name: string) => (values[name] ? { [name]: values[name] } : {});
  return {
    username: values.username ?? '',
    organization: values.organization ?? '',
    owner: ownerOf(values),
    plan: values.plan as Plan,
    ...optional('website'),
    ...optional('partner_account_id'),
    ...(values.plan === 'trial' ? {} : optional('billing_mode')),
  };
}

export function ownerOf(values: Values): NewAccount['owner'] {
  const of = (name: string) => values[`owner.${name}`] ?? '';
  return { first_name: of('first_name'), last_name: of('last_name'), email: of('email'), phone: of('phone') };
}
