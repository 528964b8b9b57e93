/** A bulk operation that is under way, told wherever its accounts are shown: a closed page stops nothing. */
import { Link } from 'react-router';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { Progress } from '../ui/progress';
import styles from './bulk-operations.module.css';
import { type BulkOperation, isRunning, type OperationName, useBulkOperation, useBulkOperations } from './queries';

const labels = text.bulkOperations;

interface RunningProps {
  of: readonly OperationName[];
  onEnd?: (operation: BulkOperation) => void;
}

export function RunningOperation({ of, onEnd }: RunningProps) {
  const operations = useBulkOperations();
  const running = operations.data?.find((item) => isRunning(item) && of.includes(item.operation));
  const id = running?.bulk_operation_id;
  return id ? <Strip key={id} id={id} {...(onEnd ? { onEnd } : {})} /> : null;
}

function Strip({ id, onEnd }: { id: string; onEnd?: (operation: BulkOperation) => void }) {
  const { data } = useBulkOperation(id, onEnd);
  if (!data || !isRunning(data)) return null;
  return (
    <section className={styles.strip} aria-label={labels.running}>
      <Progress
        label={labels.names[data.operation]}
        value={data.done}
        max={data.total}
        valueText={labels.working(formatNumber(data.done), formatNumber(data.total))}
      />
      <Link to={`/bulk-operations/${id}`}>{labels.show}</Link>
    </section>
  );
}
