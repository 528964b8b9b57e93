/** A scheduled report: a new one, or a change of one. */
import { useState } from 'react';
import type { ProblemError } from '../api/problem';
import { text, word } from '../text/en';
import { timeZone } from '../text/format';
import { notify } from '../ui/announce';
import { RadioGroup } from '../ui/choices';
import { useDraft } from '../ui/draft';
import { FieldRow, TextField } from '../ui/fields';
import type { Values } from '../ui/form';
import { FormDialog } from '../ui/form-dialog';
import { Select } from '../ui/select';
import { tidyTime } from '../ui/tidy';
import { PARAMETER_NAMES, Parameters, problemOf, requestOf } from './parameters';
import type { ReportRequest } from './queries';
import { listFilters } from './rerun';
import { type Schedule, type Timing, useAddSchedule, useChangeSchedule } from './schedule-queries';
import { timeOf, timingOf } from './schedule-timing';

const labels = text.reports.schedules;
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

interface FormProps {
  onClose: () => void;
}

export function NewSchedule({ onClose }: FormProps) {
  const add = useAddSchedule(() => {
    notify(labels.saved);
    onClose();
  });
  return (
    <ScheduleDialog
      title={labels.add}
      error={add.error}
      isPending={add.isPending}
      onSubmit={(request, timing) => add.mutate({ ...request, timing })}
      onClose={onClose}
    />
  );
}

export function EditSchedule({ schedule, onClose }: FormProps & { schedule: Schedule }) {
  const change = useChangeSchedule(() => {
    notify(labels.saved);
    onClose();
  });
  return (
    <ScheduleDialog
      title={labels.editTitle(word(text.words.report, schedule.report))}
      schedule={schedule}
      error={change.error}
      isPending={change.isPending}
      onSubmit={(request, timing) => change.mutate({ schedule, change: { ...NOTHING_MORE, ...request, timing } })}
      onClose={onClose}
    />
  );
}

/** What a form that asks for none of it takes away: in a change, what is left out would stay. */
const NOTHING_MORE = { account_status: null, filters: {}, email_to: [] };

interface ScheduleDialogProps extends FormProps {
  title: string;
  schedule?: Schedule;
  error: unknown;
  isPending: boolean;
  onSubmit: (request: ReportRequest, timing: Timing) => void;
}

function ScheduleDialog({ title, schedule, error, isPending, onSubmit, onClose }: ScheduleDialogProps) {
  const [refusal, setRefusal] = useState<ProblemError | null>(null);
  const submit = (values: Values, data: FormData) => {
    const request = requestOf(values, data);
    const problem = problemOf(request);
    setRefusal(problem);
    if (!problem) onSubmit(request, timingOf(values));
  };
  return (
    <FormDialog
      title={title}
      submit={text.actions.save}
      error={refusal ?? error}
      names={PARAMETER_NAMES}
      isPending={isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {schedule ? (
        <Parameters
          report={schedule.report}
          status={schedule.account_status ?? ''}
          filters={listFilters(schedule.filters)}
          formats={[...schedule.formats]}
        />
      ) : (
        <Parameters report="new-account-bonus-tracker" />
      )}
      <TimingFields {...(schedule ? { timing: schedule.timing } : {})} />
      <TextField
        name="email_to"
        label={labels.recipients}
        hint={labels.recipientsHint}
        defaultValue={schedule?.email_to.join(', ') ?? ''}
        autoComplete="off"
      />
    </FormDialog>
  );
}

function TimingFields({ timing }: { timing?: Timing }) {
  const frequency = useDraft<string>(timing?.frequency ?? 'weekly');
  return (
    <>
      <RadioGroup
        name="frequency"
        label={labels.every}
        value={frequency.value}
        onChange={frequency.change}
        choices={choices(labels.cadence)}
      />
      <FieldRow>
        {frequency.value === 'weekly' && (
          <Select
            name="weekday"
            label={labels.weekday}
            defaultValue={timing?.weekday ?? 'monday'}
            choices={choices(labels.weekdays)}
          />
        )}
        {frequency.value === 'monthly' && (
          <TextField
            name="day"
            type="number"
            min={1}
            max={31}
            label={labels.monthDay}
            defaultValue={String(timing?.day ?? 1)}
            isRequired
          />
        )}
        <TextField
          name="at"
          label={labels.at(timeZone())}
          hint={labels.atHint}
          defaultValue={timing ? timeOf(timing) : '06:00'}
          pattern="([01]\d|2[0-3]):[0-5]\d"
          format={labels.atFormat}
          tidy={tidyTime}
          isRequired
        />
      </FieldRow>
    </>
  );
}
