/** The parameters that the run overlay and a schedule have in common: which report, of what, in which formats. */
import type { AccountFilters, AccountQuery } from '../account-filters/filters';
import { ProblemError } from '../api/problem';
import { text } from '../text/en';
import { ChoiceOrAll, chosen } from '../ui/choice-or-all';
import { CheckGroup } from '../ui/choices';
import { useDraft } from '../ui/draft';
import { TextField } from '../ui/fields';
import type { Values } from '../ui/form';
import { Select } from '../ui/select';
import { addresses, kindOf, REPORTS, statusLetter } from './catalogue';
import { DetailsFilters, detailsFiltersOf } from './details-filters';
import type { FileFormat, ReportCode, ReportRequest } from './queries';

const labels = text.reports.generate;
export const PARAMETER_NAMES = ['report', 'account_status', 'formats', 'email_to'];

interface ParametersProps {
  report: ReportCode;
  status?: string;
  filters?: AccountFilters;
  formats?: string[];
}

export function Parameters({ report, status = '', filters = {}, formats = ['pdf'] }: ParametersProps) {
  const { value: code, change: setCode } = useDraft<ReportCode>(report);
  const { value: chosenFormats, change: setFormats } = useDraft<string[]>(formats);
  const kind = kindOf(code);
  return (
    <>
      <Select
        name="report"
        label={labels.report}
        hint={labels.about[code]}
        choices={REPORTS.map((report) => ({ value: report.code, label: text.words.report[report.code] }))}
        value={code}
        onChange={(value) => {
          const { formats: offered } = kindOf(value);
          setCode(value as ReportCode);
          const isOffered = (format: string) => offered.includes(format as FileFormat);
          if (!chosenFormats.some(isOffered)) setFormats(offered.slice(0, 1));
        }}
      />
      {kind.takesStatus && (
        <TextField
          key={code}
          name="account_status"
          label={labels.status}
          hint={labels.statusHint}
          defaultValue={status}
          width="short"
          autoComplete="off"
          isRequired
          autoFocus
        />
      )}
      {kind.takesFilters && <DetailsFilters filters={filters} />}
      {kind.takesNabStatus && (
        <ChoiceOrAll
          name="nab_status"
          label={labels.nab}
          words={text.words.bonusStatus}
          defaultValue={filters.nab_status}
        />
      )}
      <Formats offered={kind.formats} value={chosenFormats} onChange={setFormats} />
    </>
  );
}

function Formats({
  offered,
  value,
  onChange,
}: {
  offered: FileFormat[];
  value: string[];
  onChange: (value: string[]) => void;
}) {
  if (offered.length === 1) return <p>{labels.csvOnly}</p>;
  return (
    <CheckGroup
      name="formats"
      label={labels.formats}
      hint={offered.includes('contacts') ? `${labels.formatsHint} ${labels.contacts}` : labels.formatsHint}
      choices={offered.map((format) => ({ value: format, label: text.words.format[format] }))}
      value={value}
      onChange={onChange}
    />
  );
}

/** What the form asks for. The status goes as it was typed, spaces and all, so that it is refused rather than corrected. */
export function requestOf(values: Values, data: FormData): ReportRequest {
  const { code, formats, takesStatus, takesFilters } = kindOf(values.report ?? '');
  const filters: AccountQuery = takesFilters ? detailsFiltersOf(values, data) : nabFilter(values);
  const emailTo = addresses(values.email_to ?? '');
  return {
    report: code,
    formats: formats.length === 1 ? formats : formats.filter((format) => data.getAll('formats').includes(format)),
    ...(takesStatus
      ? { account_status: String(data.get('account_status') ?? '') as NonNullable<ReportRequest['account_status']> }
      : {}),
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(emailTo.length > 0 ? { email_to: emailTo } : {}),
  };
}

function nabFilter(values: Values): AccountQuery {
  const status = chosen(values.nab_status);
  return status ? ({ nab_status: status } as AccountQuery) : {};
}

/** What can be seen to be wrong before it is asked. */
export function problemOf({ formats, account_status: status }: ReportRequest): ProblemError | null {
  if (formats.length === 0) return refused('formats', labels.formatsNeeded);
  if (status !== undefined && statusLetter(status) === null) return refused('account_status', labels.statusWrong);
  return null;
}

function refused(field: string, detail: string): ProblemError {
  return new ProblemError({ detail, errors: [{ pointer: `/${field}`, detail }] }, 422);
}
