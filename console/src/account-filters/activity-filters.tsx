/** The filters by what an account has done, which the list and the details report have in common: the targeted lists. */
import { useState } from 'react';
import { text } from '../text/en';
import { CheckGroup } from '../ui/choices';
import { FieldRow, TextField } from '../ui/fields';
import type { Values } from '../ui/form';
import type { AccountFilters } from './filters';

const labels = text.accounts.filters;
const FLAGS = [
  { value: 'no_list', label: labels.noList },
  { value: 'never_logged_in', label: labels.neverLoggedIn },
  { value: 'never_sent_campaign', label: labels.neverSent },
];

/** No list is a list of at most no contacts. */
function flagsOf(filters: AccountFilters): string[] {
  const isSet: Record<string, unknown> = { ...filters, no_list: filters.list_size_max === 0 };
  return FLAGS.map((flag) => flag.value).filter((flag) => isSet[flag]);
}

export function ActivityFilters({ filters }: { filters: AccountFilters }) {
  const [flags, setFlags] = useState(() => flagsOf(filters));
  const written = (value: number | undefined) => (value === undefined ? '' : String(value));
  return (
    <>
      <CheckGroup name="flags" label={labels.activity} choices={FLAGS} value={flags} onChange={setFlags} />
      {!flags.includes('no_list') && (
        <FieldRow>
          <TextField
            name="list_size_min"
            type="number"
            min={0}
            label={labels.listSizeFrom}
            defaultValue={written(filters.list_size_min)}
          />
          <TextField
            name="list_size_max"
            type="number"
            min={0}
            label={labels.listSizeTo}
            defaultValue={written(filters.list_size_max)}
          />
        </FieldRow>
      )}
      <FieldRow>
        <TextField
          name="first_payment_from"
          type="date"
          label={labels.firstPaymentFrom}
          defaultValue={filters.first_payment_from ?? ''}
        />
        <TextField
          name="first_payment_to"
          type="date"
          label={labels.firstPaymentTo}
          defaultValue={filters.first_payment_to ?? ''}
        />
      </FieldRow>
    </>
  );
}

/** What the form says, with nothing where a filter is not set: so it also takes one away. */
export function activityFiltersOf(values: Values, data: FormData): AccountFilters {
  const flags = data.getAll('flags');
  const isSet = (flag: string) => flags.includes(flag) || undefined;
  const number = (name: string) => (values[name] ? Number(values[name]) : undefined);
  return {
    list_size_min: isSet('no_list') ? undefined : number('list_size_min'),
    list_size_max: isSet('no_list') ? 0 : number('list_size_max'),
    never_logged_in: isSet('never_logged_in'),
    never_sent_campaign: isSet('never_sent_campaign'),
    first_payment_from: values.first_payment_from || undefined,
    first_payment_to: values.first_payment_to || undefined,
  } as AccountFilters;
}
