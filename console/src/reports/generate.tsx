/** The Generate Report overlay: which report, its parameters, its formats, and to whom. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AccountQuery } from '../accounts/filters';
import { ProblemError } from '../api/problem';
import { notify } from '../app/announce';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { CheckGroup, TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import { Select } from '../ui/select';
import { addresses, kindOf, REPORTS, statusLetter } from './catalogue';
import { DetailsFilters, detailsFiltersOf } from './details-filters';
import { useRunReport, type FileFormat, type ReportCode, type ReportRequest } from './queries';

const labels = text.reports.generate;
const ANY = 'any';

interface GenerateProps {
  /** The report that is asked for, or anything else for none yet; null while the overlay is closed. */
  asked: string | null;
  status?: string | null;
  onClose: () => void;
}

export function GenerateReport({ asked, status, onClose }: GenerateProps) {
  return (
    <Dialog title={labels.title} isOpen={asked !== null} onClose={onClose}>
      {asked !== null && <GenerateForm asked={asked} status={status ?? ''} onClose={onClose} />}
    </Dialog>
  );
}

function GenerateForm({ asked, status, onClose }: { asked: string; status: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [code, setCode] = useState<ReportCode>(kindOf(asked).code);
  const [formats, setFormats] = useState<string[]>(['pdf']);
  const [refusal, setRefusal] = useState<ProblemError | null>(null);
  const kind = kindOf(code);
  const run = useRunReport((made) => {
    notify(labels.started);
    void navigate(`/reports/${made.report_run_id}`);
  });
  const chosen = formats.filter((format) => (kind.formats as string[]).includes(format));
  const submit = (values: Values, data: FormData) => {
    const request = requestOf(code, kind.formats.length === 1 ? kind.formats : (chosen as FileFormat[]), values, data);
    const problem = problemOf(request, values);
    setRefusal(problem);
    if (!problem) run.mutate(request);
  };
  return (
    <Form onSubmit={submit} error={refusal ?? run.error} names={['formats', 'status', 'email_to', 'report']} label={labels.title}>
      <DialogBody>
        <Select
          name="report"
          label={labels.report}
          hint={labels.about[code]}
          choices={REPORTS.map((report) => ({ value: report.code, label: text.words.report[report.code] }))}
          value={code}
          onChange={(value) => setCode(value as ReportCode)}
        />
        {kind.takesStatus && (
          <TextField key={code} name="status" label={labels.status} hint={labels.statusHint} defaultValue={status} width="short" autoComplete="off" isRequired autoFocus />
        )}
        {kind.takesFilters && <DetailsFilters />}
        {kind.takesNabStatus && <NabStatus />}
        <Formats kind={kind} value={chosen} onChange={setFormats} />
        <EmailTo />
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{text.actions.cancel}</Button>
        <Button type="submit" look="primary" isPending={run.isPending}>
          {labels.submit}
        </Button>
      </DialogActions>
    </Form>
  );
}

export function NabStatus({ value }: { value?: string }) {
  const choices = [{ value: ANY, label: text.filters.all }, ...Object.entries(text.words.bonusStatus).map(([each, label]) => ({ value: each, label }))];
  return <Select name="nab_status" label={labels.nab} choices={choices} defaultValue={value ?? ANY} />;
}

export function Formats({ kind, value, onChange }: { kind: ReturnType<typeof kindOf>; value: string[]; onChange: (value: string[]) => void }) {
  if (kind.formats.length === 1) return <p>{labels.csvOnly}</p>;
  return (
    <CheckGroup
      name="formats"
      label={labels.formats}
      hint={kind.formats.includes('contacts') ? `${labels.formatsHint} ${labels.contacts}` : labels.formatsHint}
      choices={kind.formats.map((format) => ({ value: format, label: text.words.format[format] }))}
      value={value}
      onChange={onChange}
    />
  );
}

function EmailTo() {
  const { me } = useRights();
  const hint = me.role === 'partner_viewer' ? `${labels.emailHint} ${labels.emailViewer}` : labels.emailHint;
  return <TextField name="email_to" label={labels.emailTo} hint={hint} autoComplete="off" />;
}

export function requestOf(report: ReportCode, formats: FileFormat[], values: Values, data: FormData): ReportRequest {
  const kind = kindOf(report);
  const filters: AccountQuery = kind.takesFilters ? detailsFiltersOf(values, data) : nabFilter(values);
  const emailTo = addresses(values.email_to ?? '');
  // The letter goes as it was typed, spaces and all, so that it is refused rather than corrected.
  const status = kind.takesStatus ? String(data.get('status') ?? '') : undefined;
  return {
    report,
    formats,
    ...(status === undefined ? {} : { status: status as NonNullable<ReportRequest['status']> }),
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(emailTo.length > 0 ? { email_to: emailTo } : {}),
  };
}

function nabFilter(values: Values): AccountQuery {
  const value = values.nab_status;
  return value && value !== ANY ? ({ nab_status: value } as AccountQuery) : {};
}

function problemOf(request: ReportRequest, values: Values): ProblemError | null {
  if (request.formats.length === 0) return new ProblemError({ detail: labels.formatsNeeded, errors: [{ pointer: '/formats', detail: labels.formatsNeeded }] }, 422);
  if (request.status === undefined || statusLetter(request.status) !== null) return null;
  const detail = values.status === undefined ? labels.statusHint : labels.statusWrong;
  return new ProblemError({ detail, errors: [{ pointer: '/status', detail }] }, 422);
}
