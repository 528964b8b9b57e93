/** What narrows the Managed Account Details report: the targeted lists of the programme. */
import type { AccountQuery } from '../accounts/filters';
import { text } from '../text/en';
import { CheckGroup, FieldRow, TextField } from '../ui/fields';
import { Select } from '../ui/select';
import type { Values } from '../ui/form';
import styles from './reports.module.css';
import { useState } from 'react';

const labels = text.accounts.filters;
const ANY = 'any';
const FLAGS = [
  { value: 'no_list', label: labels.noList },
  { value: 'never_logged_in', label: labels.neverLoggedIn },
  { value: 'never_sent_campaign', label: labels.neverSent },
];

export function DetailsFilters() {
  const [flags, setFlags] = useState<string[]>([]);
  return (
    <details className={styles.narrow}>
      <summary>{text.reports.generate.narrow}</summary>
      <div className={styles.narrowBody}>
        <CheckGroup name="flags" label={labels.activity} choices={FLAGS} value={flags} onChange={setFlags} />
        {!flags.includes('no_list') && (
          <FieldRow>
            <TextField name="list_size_min" type="number" min={0} label={labels.listSizeFrom} />
            <TextField name="list_size_max" type="number" min={0} label={labels.listSizeTo} />
          </FieldRow>
        )}
        <FieldRow>
          <Choice name="plan" label={labels.plan} words={text.words.plan} />
          <Choice name="add_on" label={labels.addOn} words={text.words.addOn} />
        </FieldRow>
        <FieldRow>
          <TextField name="first_payment_from" type="date" label={labels.firstPaymentFrom} />
          <TextField name="first_payment_to" type="date" label={labels.firstPaymentTo} />
        </FieldRow>
      </div>
    </details>
  );
}

function Choice({ name, label, words }: { name: string; label: string; words: Record<string, string> }) {
  const choices = [{ value: ANY, label: text.filters.all }, ...Object.entries(words).map(([value, each]) => ({ value, label: each }))];
  return <Select name={name} label={label} choices={choices} defaultValue={ANY} />;
}

export function detailsFiltersOf(values: Values, data: FormData): AccountQuery {
  const flags = data.getAll('flags');
  const filters: Record<string, unknown> = {};
  for (const name of ['plan', 'add_on', 'first_payment_from', 'first_payment_to'])
    if (values[name] && values[name] !== ANY) filters[name] = values[name];
  for (const name of ['list_size_min', 'list_size_max']) if (values[name]) filters[name] = Number(values[name]);
  for (const name of ['never_logged_in', 'never_sent_campaign']) if (flags.includes(name)) filters[name] = true;
  if (flags.includes('no_list')) filters.list_size_max = 0;
  return filters as AccountQuery;
}
