/** Setting the partner's own price, or (for operators) the quote. */

import { useCurrency } from '../auth/me';
import { text } from '../text/en';
import { formatMoney } from '../text/format';
import { minorUnits, moneyPattern, parseMoney, typedMoney } from '../text/money';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { tidyAmount } from '../ui/tidy';
import type { ServiceRequest, useChangeService } from './queries';

const labels = text.services;

interface AmountProps {
  request: ServiceRequest;
  what: 'price' | 'quote';
  change: ReturnType<typeof useChangeService>;
  /** What the partner's amounts are in, where it is not the partner one acts for. */
  currency?: string;
  onClose: () => void;
}

export function AmountDialog({ request, what, change, currency: named, onClose }: AmountProps) {
  const isPrice = what === 'price';
  const before = isPrice ? request.price : request.quote;
  const own = useCurrency();
  const currency = named ?? own;
  const submit = (values: Record<string, string>) =>
    change.mutate({ request, change: { [what]: parseMoney(values[what] ?? '', minorUnits(currency)) } });
  return (
    <FormDialog
      title={isPrice ? labels.priceTitle(request.organization) : labels.quoteTitle(request.organization)}
      submit={text.actions.save}
      error={change.error}
      isPending={change.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {isPrice && request.quote && <p>{labels.priceLead(formatMoney(request.quote.amount, request.quote.currency))}</p>}
      <TextField
        name={what}
        label={isPrice ? labels.price : labels.cost}
        inputMode="decimal"
        pattern={moneyPattern(currency)}
        format={text.amountFormat}
        tidy={tidyAmount}
        width="short"
        defaultValue={before ? typedMoney(before) : ''}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
