/** The fields of a partner's terms, for a new partner and for changing one's. */
import { text } from '../text/en';
import { minorUnits, moneyPattern, parseMoney, typedMoney } from '../text/money';
import { CheckField } from '../ui/choices';
import { useDraft } from '../ui/draft';
import { FieldRow, TextField } from '../ui/fields';
import type { Values } from '../ui/form';
import { tidyAmount, tidyCode } from '../ui/tidy';
import type { Partner, Terms } from './queries';

const labels = text.partners;
const STANDARD_BONUS = { amount: 10_000, currency: 'USD' };

interface TermsFieldsProps {
  partner?: Partner;
}

export function TermsFields({ partner }: TermsFieldsProps) {
  const terms = partner?.terms;
  const bonus = terms?.bonus ?? STANDARD_BONUS;
  const currency = useDraft(bonus.currency);
  return (
    <>
      <TextField name="name" label={labels.name} maxLength={120} defaultValue={partner?.name ?? ''} isRequired />
      <FieldRow>
        <TextField
          name="terms.bonus.amount"
          label={labels.bonusAmount}
          inputMode="decimal"
          pattern={moneyPattern(currency.value)}
          defaultValue={typedMoney(bonus)}
          format={text.amountFormat}
          tidy={tidyAmount}
          isRequired
        />
        <TextField
          name="terms.bonus.currency"
          label={labels.currency}
          maxLength={3}
          pattern="[A-Z]{3}"
          defaultValue={bonus.currency}
          onChange={currency.change}
          format={labels.currencyFormat}
          tidy={tidyCode}
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
      <CheckField name="terms.single_bill_enabled" defaultSelected={terms?.single_bill_enabled ?? true}>
        {labels.singleBill}
      </CheckField>
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

export function termsOf(values: Values): Terms {
  const currency = values['terms.bonus.currency'] ?? STANDARD_BONUS.currency;
  return {
    trial_days: Number(values['terms.trial_days']),
    permission_days: Number(values['terms.permission_days']),
    bonus: { amount: parseMoney(values['terms.bonus.amount'] ?? '', minorUnits(currency)) ?? 0, currency },
    daily_mail_budget: Number(values['terms.daily_mail_budget']),
    trial_account_limit: Number(values['terms.trial_account_limit']),
    single_bill_enabled: 'terms.single_bill_enabled' in values,
  };
}
