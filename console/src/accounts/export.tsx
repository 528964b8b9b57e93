/** Exporting every account that matches: the filter is sent, never a list of ids. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type AccountFilters, describeFilters, type FilterName, toQuery } from '../account-filters/filters';
import type { Format } from '../api/types';
import { type ReportRequest, useRunReport } from '../reports/queries';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { RadioGroup } from '../ui/choices';
import type { Values } from '../ui/form';
import { FormDialog } from '../ui/form-dialog';
import { Note } from '../ui/page';
import { Select } from '../ui/select';
import { toDetailsReport } from './details-report';

const labels = text.accounts.export;
const FORMATS: Format[] = ['csv', 'xlsx', 'xls', 'pdf', 'html'];

interface ExportProps {
  filters: AccountFilters;
  onClose: () => void;
}

export function ExportDialog({ filters, onClose }: ExportProps) {
  const navigate = useNavigate();
  const [reportType, setReportType] = useState('portfolio');
  const run = useRunReport((made) => {
    notify(labels.started);
    void navigate(`/reports/${made.report_run_id}`);
  });
  const details = toDetailsReport(filters);
  const isDetails = reportType === 'details';
  const refusal = isDetails ? detailsRefusal(filters) : null;
  const submit = (values: Values) =>
    run.mutate(
      isDetails
        ? detailsRequest(details, values.format as Format)
        : { report: 'portfolio', formats: [reportType === 'contacts' ? 'contacts' : 'csv'], filters: toQuery(filters) },
    );
  return (
    <FormDialog
      title={labels.title}
      submit={labels.run}
      error={run.error}
      isPending={run.isPending}
      isBlocked={refusal !== null}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{labels.lead(inWords(filters) || labels.noFilters)}</p>
      <RadioGroup
        stacked
        label={labels.as}
        value={reportType}
        onChange={setReportType}
        choices={[
          { value: 'portfolio', label: labels.portfolio },
          { value: 'contacts', label: labels.contacts, hint: labels.contactsHint },
          { value: 'details', label: labels.details, hint: labels.detailsManaged },
        ]}
      />
      {isDetails && (
        <Select
          name="format"
          label={text.reports.generate.format}
          defaultValue="csv"
          choices={FORMATS.map((value) => ({ value, label: text.words.format[value] }))}
        />
      )}
      {refusal && <Note tone="warn">{refusal}</Note>}
      {isDetails && !refusal && details.unsupported.length > 0 && (
        <Note tone="warn">{labels.detailsLeft(inWords(filters, details.unsupported))}</Note>
      )}
    </FormDialog>
  );
}

function inWords(filters: AccountFilters, only?: FilterName[]): string {
  return describeFilters(filters)
    .filter((chip) => !only || only.includes(chip.id))
    .map((chip) => chip.label)
    .join(', ');
}

/** The report holds managed accounts of one status: what the list shows has to be that. */
function detailsRefusal({ account_type: type, status_group: statusGroup }: AccountFilters): string | null {
  if (type === 'referred') return labels.detailsReferred;
  return statusGroup ? null : labels.detailsNeedsStatus;
}

function detailsRequest({ status, filters }: ReturnType<typeof toDetailsReport>, format: Format): ReportRequest {
  return { report: 'managed-account-details', formats: [format], filters, ...(status ? { status } : {}) };
}
