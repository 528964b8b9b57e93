/** A new scheduled report. */
import { useState } from 'react';
import type { ProblemError } from '../api/problem';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { RadioGroup } from '../ui/choices';
import { FieldRow, TextField } from '../ui/fields';
import type { Values } from '../ui/form';
import { FormDialog } from '../ui/form-dialog';
import { Select } from '../ui/select';
import { PARAMETER_NAMES, Parameters, problemOf, requestOf } from './parameters';
import { useAddSchedule } from './schedule-queries';
import { timingOf } from './schedule-timing';

const labels = text.reports.schedules;
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

export function ScheduleForm({ onClose }: { onClose: () => void }) {
  const [frequency, setFrequency] = useState<string>('weekly');
  const [refusal, setRefusal] = useState<ProblemError | null>(null);
  const add = useAddSchedule(() => {
    notify(labels.saved);
    onClose();
  });
  const submit = (values: Values, data: FormData) => {
    const request = requestOf(values, data);
    const problem = problemOf(request);
    setRefusal(problem);
    if (!problem) add.mutate({ ...request, timing: timingOf({ ...values, frequency }) });
  };
  return (
    <FormDialog
      title={labels.add}
      submit={text.actions.save}
      error={refusal ?? add.error}
      names={PARAMETER_NAMES}
      isPending={add.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Parameters report="new-account-bonus-tracker" />
      <RadioGroup label={labels.every} value={frequency} onChange={setFrequency} choices={choices(labels.cadence)} />
      <FieldRow>
        {frequency === 'weekly' && (
          <Select name="weekday" label={labels.weekday} defaultValue="monday" choices={choices(labels.weekdays)} />
        )}
        {frequency === 'monthly' && (
          <TextField name="day" type="number" min={1} max={31} label={labels.monthDay} defaultValue="1" isRequired />
        )}
        <TextField name="at" label={labels.at} defaultValue="06:00" pattern="([01]\d|2[0-3]):[0-5]\d" isRequired />
      </FieldRow>
      <TextField name="email_to" label={labels.recipients} hint={labels.recipientsHint} autoComplete="off" />
    </FormDialog>
  );
}
