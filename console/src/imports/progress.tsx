/** One import: its progress, what became of its rows, and the rejected ones. */
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatMoment, formatNumber } from '../text/format';
import { announce } from '../ui/announce';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Note, Page, Section } from '../ui/page';
import { Progress } from '../ui/progress';
import { Failure, Loaded, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import styles from './imports.module.css';
import { TONES } from './page';
import { BeforeStart } from './preview';
import { type Import, useImport, useRejected } from './queries';
import { MAX_ROWS_SHOWN, type RejectedRow } from './rejected';

const labels = text.imports;
const OUTCOMES = ['created', 'adjusted', 'unchanged', 'rejected'] as const;

export function ImportPage() {
  const { importId = '' } = useParams();
  const importQuery = useImport(importId);
  const back = { href: '/imports', label: labels.back };
  if (importQuery.data) return <Details of={importQuery.data} back={back} />;
  return (
    <Page title={labels.loading} back={back}>
      {importQuery.error ? (
        <Failure error={importQuery.error} onRetry={() => void importQuery.refetch()} />
      ) : (
        <Skeleton />
      )}
    </Page>
  );
}

function Details({ of, back }: { of: Import; back: { href: string; label: string } }) {
  const { can } = useRights();
  useNotifyWhenDone(of);
  return (
    <Page
      title={word(labels.kinds, of.kind)}
      beside={<Badge tone={TONES[of.status]}>{labels.states[of.status]}</Badge>}
      lead={formatMoment(of.started_at ?? of.created_at)}
      back={back}
    >
      {of.status === 'created' && can('start_import') && <BeforeStart of={of} />}
      {of.status === 'failed' && (
        <Note tone="bad">
          <strong>{labels.failedTitle}.</strong> {of.reason}
        </Note>
      )}
      {of.status === 'running' && (
        <Section title={labels.progress}>
          <Progress label={labels.states.running} value={of.progress} valueText={`${of.progress}%`} />
        </Section>
      )}
      {of.understood && (
        <p className={styles.soft}>
          {labels.understood(of.understood.delimiter, of.understood.encoding, of.understood.columns.length)}{' '}
          {of.kind === 'portfolio' && labels.datesReadAs(of.date_format)}
        </p>
      )}
      <Section title={labels.results}>
        <dl className={styles.outcomes}>
          {OUTCOMES.map((outcome) => (
            <div key={outcome}>
              <dt>{labels.columns[outcome]}</dt>
              <dd>{formatNumber(of[outcome])}</dd>
              <dd className={styles.soft}>{labels.resultHelp[outcome]}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {of.rejected > 0 && of.result && <Rejected of={of} url={of.result.url} />}
    </Page>
  );
}

function useNotifyWhenDone({ status, created, rejected }: Import): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current === 'running' && status === 'done')
      announce(labels.told(formatNumber(created), formatNumber(rejected)));
    before.current = status;
  }, [status, created, rejected]);
}

const COLUMNS: Column<RejectedRow>[] = [
  { id: 'line', header: labels.rejectedColumns.line, width: 90, isTitle: true, cell: (row) => row.line },
  { id: 'username', header: text.account.username, width: 200, cell: (row) => row.username || text.none },
  { id: 'column', header: labels.rejectedColumns.column, width: 160, cell: (row) => row.column || text.none },
  { id: 'reason', header: labels.rejectedColumns.reason, width: 420, cell: (row) => row.reason },
];

function Rejected({ of, url }: { of: Import; url: string }) {
  const rows = useRejected(of.import_id, url);
  return (
    <Section
      title={labels.rejected}
      lead={
        rows.data &&
        labels.rejectedLead(
          formatNumber(of.rejected),
          formatNumber(rows.data.length),
          rows.data.length >= MAX_ROWS_SHOWN,
        )
      }
      actions={
        <Button icon="download" onPress={() => window.location.assign(url)}>
          {labels.download}
        </Button>
      }
    >
      <Loaded query={rows} lines={4}>
        {(data) => <DataTable label={labels.rejectedTable} columns={COLUMNS} rows={data} keyOf={(row) => row.key} />}
      </Loaded>
    </Section>
  );
}
