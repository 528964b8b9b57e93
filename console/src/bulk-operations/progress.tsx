/** How far a bulk operation is, and what became of its accounts. */
import { useState } from 'react';
import { explain } from '../api/problem';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { formatMoney, formatNumber } from '../text/format';
import { notify } from '../ui/announce';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Note } from '../ui/page';
import { Progress } from '../ui/progress';
import { Failure, Loaded } from '../ui/states';
import styles from './bulk-operations.module.css';
import { type AccountOutcome, type BulkOperation, isRunning, saveOutcomes, useOutcomes, useStop } from './queries';

const labels = text.bulkOperations;
const OUTCOMES = ['changed', 'unchanged', 'refused'] as const;
const TONES: Record<(typeof OUTCOMES)[number], Tone> = { changed: 'good', unchanged: 'quiet', refused: 'bad' };

export const sums = (amounts: BulkOperation['amounts']): string =>
  amounts.map(({ amount, currency }) => formatMoney(amount, currency)).join(' + ');

export function OperationProgress({ of }: { of: BulkOperation }) {
  const { can } = useRights();
  const stop = useStop();
  return (
    <div className={styles.stack}>
      {isRunning(of) ? (
        <>
          <Progress
            label={labels.progress}
            value={of.done}
            max={of.total}
            valueText={labels.working(formatNumber(of.done), formatNumber(of.total))}
          />
          <p className={styles.soft}>{labels.goesOn}</p>
          {can(rightOf(of)) && of.bulk_operation_id && (
            <p>
              <Button isPending={stop.isPending} onPress={() => stop.mutate(of.bulk_operation_id ?? '')}>
                {labels.stop}
              </Button>
            </p>
          )}
          {stop.error !== null && <Failure error={stop.error} />}
        </>
      ) : (
        <p role="status">{summary(of)}</p>
      )}
      {of.reason && <Note tone="bad">{of.reason}</Note>}
      <Counts of={of} />
      {!isRunning(of) && <Results of={of} />}
    </div>
  );
}

export const rightOf = ({ operation }: BulkOperation) => (operation === 'cancel' ? 'cancel_account' : operation);

/** What came of it in one sentence. */
export function summary(of: BulkOperation): string {
  const counts = labels.summary(formatNumber(of.changed), formatNumber(of.unchanged), formatNumber(of.refused));
  const left = of.total - of.done;
  const money = of.amounts.length > 0 ? ` ${labels.sum(sums(of.amounts))}` : '';
  return `${labels.ended[of.status]} ${counts}${money}${left > 0 ? ` ${labels.left(formatNumber(left))}` : ''}`;
}

/** How many accounts have which outcome, or would have it. */
export function Counts({ of }: { of: BulkOperation }) {
  return (
    <dl className={styles.counts}>
      {OUTCOMES.map((outcome) => (
        <div key={outcome}>
          <dt>
            <Badge tone={TONES[outcome]}>{of.dry_run ? labels.would[outcome] : labels.outcomes[outcome]}</Badge>
          </dt>
          <dd>{formatNumber(of[outcome])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Results({ of }: { of: BulkOperation }) {
  const id = of.bulk_operation_id ?? '';
  const refused = useOutcomes(id, 'refused', of.refused > 0);
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    await saveOutcomes(id).catch((error: unknown) => notify(explain(error).detail, 'bad'));
    setSaving(false);
  };
  return (
    <>
      {of.refused > 0 && (
        <Loaded query={refused} lines={3}>
          {(rows) => <Refused rows={rows} all={of.refused} />}
        </Loaded>
      )}
      <p>
        <Button icon="download" isPending={isSaving} onPress={() => void save()}>
          {labels.csv}
        </Button>
      </p>
    </>
  );
}

function Refused({ rows, all }: { rows: AccountOutcome[]; all: number }) {
  return (
    <>
      <ul className={styles.list} aria-label={labels.refusedList} tabIndex={0}>
        {rows.map((row) => (
          <li key={row.account_id}>
            <span>{row.organization || row.username || row.account_id}</span>
            <small>{row.detail}</small>
          </li>
        ))}
      </ul>
      {rows.length < all && <p className={styles.soft}>{labels.refusedMore(formatNumber(all - rows.length))}</p>}
    </>
  );
}
