/** A new scheduled report. */
import { useState } from 'react';
import { FormDialog } from '../ui/form-dialog';
import { notify } from '../app/announce';
import { text } from '../text/en';
import { FieldRow, RadioGroup, TextField } from '../ui/fields';
import { Select } from '../ui/select';
import { kindOf, REPORTS } from './catalogue';
import { Formats, requestOf } from './generate';
import type { FileFormat, ReportCode } from './queries';
import { useAddSchedule } from './schedule-queries';
import { timingOf } from './timing';

const labels = text.reports.schedules;
const generate = text.reports.generate;
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

export function ScheduleForm({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState<ReportCode>('new-account-bonus-tracker');
  const [formats, setFormats] = useState<string[]>(['pdf']);
  const [frequency, setFrequency] = useState<string>('weekly');
  const kind = kindOf(code);
  const add = useAddSchedule(() => {
    notify(labels.saved);
    onClose();
  });
  const submit = (values: Record<string, string>) => {
    const chosen = kind.formats.length === 1 ? kind.formats : kind.formats.filter((format) => formats.includes(format));
    const data = new FormData();
    data.set('status', values.status ?? '');
    add.mutate({ ...requestOf(code, chosen as FileFormat[], values, data), timing: timingOf({ ...values, frequency }) });
  };
  return (
    <FormDialog title={labels.add} submit={text.actions.save} error={add.error} isPending={add.isPending} onSubmit={submit} onClose={onClose}>
      <Select
        name="report"
        label={generate.report}
        hint={generate.about[code]}
        value={code}
        onChange={(value) => setCode(value as ReportCode)}
        choices={REPORTS.map((report) => ({ value: report.code, label: text.words.report[report.code] }))}
      />
      {kind.takesStatus && <TextField name="status" label={generate.status} hint={generate.statusHint} width="short" maxLength={1} pattern="[OTEC]" isRequired />}
      <Formats kind={kind} value={formats} onChange={setFormats} />
      <RadioGroup label={labels.every} value={frequency} onChange={setFrequency} choices={choices(labels.cadence)} />
      <FieldRow>
        {frequency === 'weekly' && <Select name="weekday" label={labels.weekday} defaultValue="monday" choices={choices(labels.weekdays)} />}
        {frequency === 'monthly' && <TextField name="day" type="number" min={1} max={31} label={labels.monthDay} defaultValue="1" isRequired />}
        <TextField name="at" label={labels.at} defaultValue="06:00" pattern="([01]\d|2[0-3]):[0-5]\d" isRequired />
      </FieldRow>
      <TextField name="email_to" label={labels.recipients} hint={labels.recipientsHint} autoComplete="off" />
    </FormDialog>
  );
}

