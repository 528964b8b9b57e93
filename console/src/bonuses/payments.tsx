/** For operators: recording that earned bonuses have been paid. */

import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { notify } from '../ui/announce';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { type Tracked, useRecordPayments } from './queries';

const labels = text.bonuses;

export function RecordPayments({ rows, onClose }: { rows: Tracked[]; onClose: () => void }) {
  const record = useRecordPayments(() => {
    notify(labels.recorded);
    onClose();
  });
  const submit = (values: Record<string, string>) =>
    record.mutate({ accountIds: rows.map((row) => row.account_id), reference: values.reference ?? '' });
  return (
    <FormDialog
      title={labels.pay}
      submit={labels.pay}
      error={record.error}
      isPending={record.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{labels.payLead(formatNumber(rows.length))}</p>
      <TextField name="reference" label={labels.reference} isRequired />
    </FormDialog>
  );
}
