/** The Generate Report overlay: which report, its parameters, its formats, and to whom. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { readFilters } from '../account-filters/filters';
import type { ProblemError } from '../api/problem';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { TextField } from '../ui/fields';
import type { Values } from '../ui/form';
import { FormDialog } from '../ui/form-dialog';
import { kindOf } from './catalogue';
import { PARAMETER_NAMES, Parameters, problemOf, requestOf } from './parameters';
import { useRunReport } from './queries';

const labels = text.reports.generate;

/** What the address asks for is filled in already. */
export function GenerateReport({ params, onClose }: { params: URLSearchParams; onClose: () => void }) {
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<ProblemError | null>(null);
  const run = useRunReport((made) => {
    notify(labels.started);
    void navigate(`/reports/${made.report_run_id}`);
  });
  const submit = (values: Values, data: FormData) => {
    const request = requestOf(values, data);
    const problem = problemOf(request);
    setRefusal(problem);
    if (!problem) run.mutate(request);
  };
  return (
    <FormDialog
      title={labels.title}
      submit={labels.submit}
      error={refusal ?? run.error}
      names={PARAMETER_NAMES}
      isPending={run.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Parameters
        report={kindOf(params.get('generate') ?? '').code}
        status={params.get('status') ?? ''}
        filters={readFilters(params)}
        formats={params.get('formats')?.split(',') ?? ['pdf']}
      />
      <TextField name="email_to" label={labels.emailTo} hint={labels.emailHint} autoComplete="off" />
    </FormDialog>
  );
}
