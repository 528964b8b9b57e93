/** The fields of the SMS registration form; names are those of the API. */
import type { Account } from '../api/types';
import { text } from '../text/en';
import { usStates } from '../text/en/us-states';
import { useDraft } from '../ui/draft';
import { FieldGroup, FieldRow, TextField } from '../ui/fields';
import { Note } from '../ui/page';
import { Select } from '../ui/select';

const labels = text.sms;

type FormValues = Record<string, string | null>;

interface FieldsProps {
  form: FormValues;
  /** What the account knows already, for a form that was never saved. */
  known?: FormValues;
  isLocked: boolean;
  isApprovedBefore: boolean;
}

/** What a registration can take over from its account. */
export function knownOf({ organization, website, owner }: Account): FormValues {
  return {
    legal_business_name: organization,
    website,
    contact_name: `${owner.first_name} ${owner.last_name}`.trim(),
    contact_phone: owner.phone,
    contact_email: owner.email,
  };
}

export function SmsFields({ form, known = {}, isLocked, isApprovedBefore }: FieldsProps) {
  const businessType = useDraft(form.business_type ?? null);
  // A draft may have gaps: what is needed is marked, and asked for when the form is submitted.
  const needed = { isRequired: true, validationBehavior: 'aria' } as const;
  const optional = (name: string) => ({ name, defaultValue: form[name] || known[name] || '', isReadOnly: isLocked });
  const field = (name: string) => ({ ...optional(name), ...needed });
  const choice = (name: string, words: Record<string, string>) => ({
    name,
    choices: Object.entries(words).map(([value, label]) => ({ value, label })),
    placeholder: labels.choose,
    isDisabled: isLocked,
    ...needed,
    ...(form[name] ? { defaultValue: form[name] } : {}),
  });
  return (
    <>
      {Object.keys(known).length > 0 && <Note>{labels.prefilled}</Note>}
      <FieldGroup title={labels.business}>
        <TextField {...field('legal_business_name')} label={labels.legalName} />
        <FieldRow>
          <Select
            {...choice('business_type', labels.businessTypes)}
            label={labels.businessType}
            onChange={businessType.change}
          />
          <TextField
            {...(businessType.value === 'sole_proprietor' ? optional('ein') : field('ein'))}
            label={labels.ein}
            hint={labels.einHint}
            inputMode="numeric"
            tidy={(typed) => typed.replace(/[^\d-]/g, '')}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={labels.address} lead={labels.addressLead}>
        <TextField {...field('street')} label={labels.street} />
        <FieldRow>
          <TextField {...field('city')} label={labels.city} />
          <Select {...choice('state', usStates)} label={labels.state} placeholder={labels.chooseState} />
          <TextField {...field('zip_code')} label={labels.zip} inputMode="numeric" />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={labels.links} lead={labels.oneOfTwo}>
        <FieldRow>
          <TextField {...optional('website')} label={labels.website} type="url" />
          <TextField {...optional('facebook_page')} label={labels.facebook} type="url" />
        </FieldRow>
        <FieldRow>
          <TextField {...field('privacy_policy_url')} label={labels.privacy} type="url" />
          <TextField {...field('terms_url')} label={labels.terms} type="url" />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={labels.contact}>
        <FieldRow>
          <TextField {...field('contact_name')} label={labels.contactName} />
          <TextField {...field('contact_phone')} label={labels.contactPhone} type="tel" />
          <TextField
            {...field('contact_email')}
            label={labels.contactEmail}
            hint={labels.contactEmailHint}
            type="email"
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={labels.messages}>
        <FieldRow>
          <Select {...choice('opt_in_type', labels.optInTypes)} label={labels.optIn} />
          <Select {...choice('use_case', labels.useCases)} label={labels.useCase} />
        </FieldRow>
        <TextField {...field('sample_message')} label={labels.sample} hint={labels.sampleHint} lines={3} />
        <TextField
          {...field('sender_name')}
          label={labels.sender}
          hint={labels.senderHint}
          maxLength={30}
          isReadOnly={isLocked || isApprovedBefore}
        />
      </FieldGroup>
    </>
  );
}
