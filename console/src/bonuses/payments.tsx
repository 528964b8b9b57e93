/** For operators: recording that earned bonuses have been paid, and taking back what was recorded by mistake. */
import { useCallback, useState } from 'react';
import { FollowedOperation } from '../bulk-operations/followed';
import { sums } from '../bulk-operations/progress';
import { type BulkOperation, useStart } from '../bulk-operations/queries';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { Confirm, Dialog } from '../ui/dialog';
import { TextField } from '../ui/fields';
import { FormDialog } from '../ui/form-dialog';
import { sumOf, type Tracked, useApplyPayments } from './queries';

const labels = text.bonuses;
const NAMED = 5;

/** More than these are confirmed by typing their number. */
const FEW = 5;

function Touched({ rows }: { rows: Tracked[] }) {
  const names = rows.slice(0, NAMED).map((row) => row.organization || row.username);
  return <p>{text.bulkOperations.touched(names.join(', '), Math.max(0, rows.length - NAMED))}</p>;
}

interface PaymentsProps {
  rows: Tracked[];
  onClose: () => void;
}

export function RecordPayments({ rows, onClose }: PaymentsProps) {
  const [started, setStarted] = useState<string | null>(null);
  const start = useStart(({ bulk_operation_id }) => setStarted(bulk_operation_id));
  const [typed, setTyped] = useState('');
  const count = String(rows.length);
  if (started) return <Followed id={started} title={labels.pay} onClose={onClose} />;
  return (
    <FormDialog
      title={labels.payTitle(formatNumber(rows.length))}
      submit={labels.payNow(sums(sumOf(rows)))}
      error={start.error}
      names={['accounts', 'arguments', 'operation']}
      isPending={start.isPending}
      isBlocked={rows.length > FEW && typed.trim() !== count}
      onSubmit={({ reference = '' }) =>
        start.mutate({
          operation: 'pay_bonuses',
          arguments: { reference },
          accounts: rows.map((row) => row.account_id),
        })
      }
      onClose={onClose}
    >
      <p>{labels.payLead(formatNumber(rows.length), sums(sumOf(rows)))}</p>
      <Touched rows={rows} />
      <TextField name="reference" label={labels.reference} hint={labels.referenceHint} isRequired />
      {rows.length > FEW && (
        <TextField
          label={labels.typeCount(count)}
          inputMode="numeric"
          width="short"
          value={typed}
          onChange={setTyped}
          isRequired
        />
      )}
    </FormDialog>
  );
}

interface VoidProps extends PaymentsProps {
  reference: string;
}

/** The question before a payment is taken back; its bonuses are earned again. */
export function VoidPayments({ rows, reference, onClose }: VoidProps) {
  const [started, setStarted] = useState<string | null>(null);
  const start = useStart(({ bulk_operation_id }) => setStarted(bulk_operation_id));
  if (started) return <Followed id={started} title={labels.voidAction} onClose={onClose} />;
  return (
    <Confirm
      title={labels.voidAction}
      question={labels.voidQuestion(formatNumber(rows.length), sums(sumOf(rows)), reference)}
      action={labels.voidAction}
      danger
      isOpen
      isPending={start.isPending}
      error={start.error}
      onConfirm={() =>
        start.mutate({
          operation: 'void_bonus_payments',
          arguments: { reference },
          accounts: rows.map((row) => row.account_id),
        })
      }
      onClose={onClose}
    >
      <Touched rows={rows} />
    </Confirm>
  );
}

/** How far it is; the lists show what became of each bonus without being read again. */
function Followed({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const apply = useApplyPayments();
  const onEnd = useCallback((operation: BulkOperation) => void apply(operation), [apply]);
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <FollowedOperation id={id} onEnd={onEnd} onClose={onClose} />
    </Dialog>
  );
}
