/** For operators: recording that earned bonuses have been paid. */
import { FormDialog } from '../ui/form-dialog';
import { notify } from '../app/announce';
import { today } from '../app/today';
import { formatNumber } from '../text/format';
import { text } from '../text/en';
import { TextField } from '../ui/fields';
import { useRecordPayments, type TrackedAccount } from './queries';

const labels = text.bonuses;

export function RecordPayments({ rows, onClose }: { rows: TrackedAccount[]; onClose: () => void }) {
  const record = useRecordPayments(() => {
    notify(labels.recorded);
    onClose();
  });
  const submit = (values: Record<string, string>) =>
    record.mutate({ account_ids: rows.map((row) => row.account_id), paid_on: values.paid_on ?? today(), reference: values.reference ?? '' });
  return (
    <FormDialog title={labels.pay} submit={labels.pay} error={record.error} isPending={record.isPending} onSubmit={submit} onClose={onClose}>
      <p>{labels.payLead(formatNumber(rows.length))}</p>
      <TextField name="reference" label={labels.reference} isRequired />
      <TextField name="paid_on" type="date" width="short" label={labels.paidOn} defaultValue={today()} isRequired />
    </FormDialog>
  );
}
