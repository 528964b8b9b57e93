/** The fields of a partner's terms, for a new partner and for changing one's. */
import { useState } from 'react';
import { text } from '../text/en';
import { minorUnits, moneyPattern, parseMoney, typedMoney } from '../text/money';
import { Checkbox } from '../ui/choices';
import { FieldRow, TextField } from '../ui/fields';
import type { Partner, Terms } from './queries';

const labels = text.partners;
const STANDARD_BONUS = { amount: 10_000, currency: 'USD' };

interface TermsFieldsProps {
  partner?: Partner;
  singleBill: boolean;
  onSingleBill: (on: boolean) => void;
}

export function TermsFields({ partner, singleBill, onSingleBill }: TermsFieldsProps) {
  const terms = partner?.terms;
  const bonus = terms?.bonus ?? STANDARD_BONUS;
  const [currency, setCurrency] = useState(bonus.currency);
  return (
    <>
      <TextField name="name" label={labels.name} maxLength={120} defaultValue={partner?.name ?? ''} isRequired />
      <FieldRow>
        <TextField
          name="terms.bonus.amount"
          label={labels.bonusAmount}
          inputMode="decimal"
          pattern={moneyPattern(currency)}
          defaultValue={typedMoney(bonus)}
          isRequired
        />
        <TextField
          name="terms.bonus.currency"
          label={labels.currency}
          maxLength={3}
          pattern="[A-Z]{3}"
          value={currency}
          onChange={setCurrency}
          isRequired
        />
      </FieldRow>
      <FieldRow>
        <Limit name="trial_days" min={1} max={365} label={labels.trialDays} value={terms?.trial_days ?? 60} />
        <Limit
          name="permission_days"
          min={1}
          max={90}
          label={labels.permissionDays}
          value={terms?.permission_days ?? 30}
        />
      </FieldRow>
      <FieldRow>
        <Limit
          name="daily_mail_budget"
          min={0}
          max={1_000_000}
          label={labels.mailBudget}
          value={terms?.daily_mail_budget ?? 1000}
        />
        <Limit
          name="trial_account_limit"
          min={0}
          max={100_000}
          label={labels.trialLimit}
          value={terms?.trial_account_limit ?? 500}
        />
      </FieldRow>
      <Checkbox isSelected={singleBill} onChange={onSingleBill}>
        {labels.singleBill}
      </Checkbox>
    </>
  );
}

interface LimitProps {
  name: keyof Terms;
  label: string;
  min: number;
  max: number;
  value: number;
}

/** A whole number of the terms. */
function Limit({ name, value, ...field }: LimitProps) {
  return <TextField name={`terms.${name}`} type="number" defaultValue={String(value)} isRequired {...field} />;
}

export function termsOf(values: Record<string, string>, singleBill: boolean): Terms {
  const currency = values['terms.bonus.currency'] ?? STANDARD_BONUS.currency;
  return {
    trial_days: Number(values['terms.trial_days']),
    permission_days: Number(values['terms.permission_days']),
    bonus: { amount: parseMoney(values['terms.bonus.amount'] ?? '', minorUnits(currency)) ?? 0, currency },
    daily_mail_budget: Number(values['terms.daily_mail_budget']),
    trial_account_limit: Number(values['terms.trial_account_limit']),
    single_bill_enabled: singleBill,
  };
}
