/** Exporting every account that matches: the filter is sent, never a list of ids. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Format } from '../api/types';
import { notify } from '../app/announce';
import { useRunReport } from '../reports/queries';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { Dialog, DialogActions, DialogBody } from '../ui/dialog';
import { RadioGroup } from '../ui/fields';
import { Form } from '../ui/form';
import { Note } from '../ui/page';
import { Select } from '../ui/select';
import { describeFilters, toDetailsReport, toQuery, type AccountFilters } from './filters';

const labels = text.accounts.export;
const FORMATS: Format[] = ['csv', 'xlsx', 'xls', 'pdf', 'html'];

interface ExportProps {
  filters: AccountFilters;
  isOpen: boolean;
  onClose: () => void;
}

export function ExportDialog({ filters, isOpen, onClose }: ExportProps) {
  return (
    <Dialog title={labels.title} isOpen={isOpen} onClose={onClose}>
      {isOpen && <ExportForm filters={filters} onClose={onClose} />}
    </Dialog>
  );
}

function ExportForm({ filters, onClose }: Omit<ExportProps, 'isOpen'>) {
  const navigate = useNavigate();
  const [as, setAs] = useState('portfolio');
  const run = useRunReport((made) => {
    notify(labels.started);
    void navigate(`/reports/${made.report_run_id}`);
  });
  const details = toDetailsReport(filters);
  const isDetails = as === 'details';
  const isBlocked = isDetails && !details.status;
  const submit = (values: Record<string, string>) =>
    run.mutate(
      isDetails
        ? { report: 'managed-account-details', formats: [values.format as Format], filters: details.filters, ...(details.status ? { status: details.status } : {}) }
        : { report: 'portfolio', formats: ['csv'], filters: toQuery(filters) },
    );
  return (
    <Form onSubmit={submit} error={run.error} label={labels.title}>
      <DialogBody>
        <p>{labels.lead(describeFilters(filters).map((chip) => chip.label).join(', ') || labels.noFilters)}</p>
        <RadioGroup
          stacked
          label={labels.as}
          value={as}
          onChange={setAs}
          choices={[
            { value: 'portfolio', label: labels.portfolio },
            { value: 'details', label: labels.details },
          ]}
        />
        {isDetails && (
          <Select name="format" label={text.reports.generate.format} defaultValue="csv" choices={FORMATS.map((value) => ({ value, label: text.words.format[value] }))} />
        )}
        {isBlocked && <Note tone="warn">{labels.detailsNeedsStatus}</Note>}
        {isDetails && details.left.length > 0 && <Note>{labels.detailsBilling}</Note>}
      </DialogBody>
      <DialogActions>
        <Button onPress={onClose}>{text.actions.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={isBlocked} isPending={run.isPending}>
          {labels.run}
        </Button>
      </DialogActions>
    </Form>
  );
}
