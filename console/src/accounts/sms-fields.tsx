/** The fields of the SMS registration form; names are those of the API. */
import { useState } from 'react';
import { text } from '../text/en';
import { FieldGroup, FieldRow, TextField } from '../ui/fields';
import { Select } from '../ui/select';

const labels = text.sms;
const STATES = (
  'AL AK AZ AR CA CO CT DC DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY ' +
  'NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'
).split(' ');

type FormValues = Record<string, string | null>;

interface FieldsProps {
  form: FormValues;
  isLocked: boolean;
  isApprovedBefore: boolean;
}

export function SmsFields({ form, isLocked, isApprovedBefore }: FieldsProps) {
  const field = (name: string) => ({ name, defaultValue: form[name] ?? '', isReadOnly: isLocked });
  const choice = (name: string, words: Record<string, string>) => ({
    name,
    choices: Object.entries(words).map(([value, label]) => ({ value, label })),
    placeholder: labels.choose,
    isDisabled: isLocked,
    ...(form[name] ? { defaultValue: form[name] } : {}),
  });
  return (
    <>
      <FieldGroup title={labels.business}>
        <TextField {...field('legal_business_name')} label={labels.legalName} />
        <FieldRow>
          <Select {...choice('business_type', labels.businessTypes)} label={labels.businessType} />
          <Ein {...field('ein')} />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={labels.address} lead={labels.addressLead}>
        <TextField {...field('street')} label={labels.street} />
        <FieldRow>
          <TextField {...field('city')} label={labels.city} />
          <Select
            {...choice('state', Object.fromEntries(STATES.map((state) => [state, state])))}
            label={labels.state}
            placeholder={labels.chooseState}
          />
          <TextField {...field('zip_code')} label={labels.zip} inputMode="numeric" />
        </FieldRow>
      </FieldGroup>
      <FieldGroup title={labels.links} lead={labels.oneOfTwo}>
        <FieldRow>
          <TextField {...field('website')} label={labels.website} type="url" />
          <TextField {...field('facebook_page')} label={labels.facebook} type="url" />
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

/** People write an EIN as 12-3456789; only its digits are sent. */
function Ein({ defaultValue, ...rest }: { name: string; defaultValue: string; isReadOnly: boolean }) {
  const [value, setValue] = useState(defaultValue);
  return (
    <TextField
      {...rest}
      label={labels.ein}
      hint={labels.einHint}
      inputMode="numeric"
      maxLength={10}
      value={value}
      onChange={(next) => setValue(next.replace(/[^\d-]/g, ''))}
    />
  );
}
