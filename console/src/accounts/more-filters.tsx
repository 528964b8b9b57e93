/** The filters that are needed less often, in a dialog. */

import { ActivityFilters, activityFiltersOf } from '../account-filters/activity-filters';
import type { AccountFilters } from '../account-filters/filters';
import { text } from '../text/en';
import { ChoiceOrAll, chosen } from '../ui/choice-or-all';
import { FieldRow, TextField } from '../ui/fields';
import type { Values } from '../ui/form';
import { FormDialog } from '../ui/form-dialog';

const labels = text.accounts.filters;

interface MoreFiltersProps {
  filters: AccountFilters;
  onApply: (changes: AccountFilters) => void;
  onClose: () => void;
}

export function MoreFilters({ filters, onApply, onClose }: MoreFiltersProps) {
  const apply = (values: Values, data: FormData) => {
    onApply({ ...activityFiltersOf(values, data), ...statesOf(values) });
    onClose();
  };
  return (
    <FormDialog title={labels.title} submit={labels.apply} onSubmit={apply} onClose={onClose}>
      <ActivityFilters filters={filters} />
      <FieldRow>
        <ChoiceOrAll name="hold" label={labels.hold} words={text.words.hold} defaultValue={filters.hold} />
        <ChoiceOrAll
          name="nab_status"
          label={labels.nab}
          words={text.words.bonusStatus}
          defaultValue={filters.nab_status}
        />
      </FieldRow>
      <TextField
        name="trial_ends_to"
        type="date"
        width="short"
        label={labels.trialEndsTo}
        defaultValue={filters.trial_ends_to ?? ''}
      />
    </FormDialog>
  );
}

function statesOf(values: Values): AccountFilters {
  return {
    hold: chosen(values.hold),
    nab_status: chosen(values.nab_status),
    trial_ends_to: values.trial_ends_to || undefined,
  } as AccountFilters;
}
