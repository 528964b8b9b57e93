/** The filters that are needed less often, in a dialog. */
import { useState } from 'react';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { CheckGroup, FieldRow, TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import { Select } from '../ui/select';
import type { AccountFilters } from './filters';

const labels = text.accounts.filters;
const ALL = 'all';
const FLAGS = [
  { value: 'never_logged_in', label: labels.neverLoggedIn },
  { value: 'never_sent_campaign', label: labels.neverSent },
];

interface MoreFiltersProps {
  filters: AccountFilters;
  onApply: (changes: AccountFilters) => void;
  onClose: () => void;
}

export function MoreFilters({ filters, onApply, onClose }: MoreFiltersProps) {
  const [flags, setFlags] = useState(FLAGS.map((flag) => flag.value).filter((flag) => filters[flag as 'never_logged_in']));
  const apply = (values: Values) => {
    onApply(changesFrom(values, flags));
    onClose();
  };
  return (
    <Dialog title={labels.title} isOpen onClose={onClose}>
      <Form onSubmit={apply} label={labels.title}>
        <DialogBody>
          <CheckGroup label={labels.activity} choices={FLAGS} value={flags} onChange={setFlags} />
          <FieldRow>
            <TextField name="list_size_min" type="number" min={0} label={labels.listSizeFrom} defaultValue={String(filters.list_size_min ?? '')} />
            <TextField name="list_size_max" type="number" min={0} label={labels.listSizeTo} defaultValue={String(filters.list_size_max ?? '')} />
          </FieldRow>
          <FieldRow>
            <Choice name="hold" label={labels.hold} words={text.words.hold} value={filters.hold} />
            <Choice name="nab_status" label={labels.nab} words={text.words.bonusStatus} value={filters.nab_status} />
          </FieldRow>
          <FieldRow>
            <TextField name="first_payment_from" type="date" label={labels.firstPaymentFrom} defaultValue={filters.first_payment_from ?? ''} />
            <TextField name="first_payment_to" type="date" label={labels.firstPaymentTo} defaultValue={filters.first_payment_to ?? ''} />
          </FieldRow>
          <TextField name="trial_ends_to" type="date" width="short" label={labels.trialEndsTo} defaultValue={filters.trial_ends_to ?? ''} />
        </DialogBody>
        <DialogActions>
          <Button onPress={onClose}>{text.actions.cancel}</Button>
          <Button type="submit" look="primary">
            {labels.apply}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function Choice({ name, label, words, value }: { name: string; label: string; words: Record<string, string>; value: string | undefined }) {
  const choices = [{ value: ALL, label: text.filters.all }, ...Object.entries(words).map(([code, each]) => ({ value: code, label: each }))];
  return <Select name={name} label={label} choices={choices} defaultValue={value ?? ALL} />;
}

function changesFrom(values: Values, flags: string[]): AccountFilters {
  const given = (name: string) => (values[name] && values[name] !== ALL ? values[name] : undefined);
  const number = (name: string) => (given(name) === undefined ? undefined : Number(given(name)));
  return {
    hold: given('hold'),
    nab_status: given('nab_status'),
    list_size_min: number('list_size_min'),
    list_size_max: number('list_size_max'),
    first_payment_from: given('first_payment_from'),
    first_payment_to: given('first_payment_to'),
    trial_ends_to: given('trial_ends_to'),
    never_logged_in: flags.includes('never_logged_in') || undefined,
    never_sent_campaign: flags.includes('never_sent_campaign') || undefined,
  } as AccountFilters;
}
