/** Bulk operations: those that were asked for lately, and one of them. */
import { Link, useParams } from 'react-router';
import { text, word } from '../text/en';
import { formatDay, formatMoment, formatNumber } from '../text/format';
import { Badge, type Tone } from '../ui/badge';
import { type Fact, Facts, Page, Section } from '../ui/page';
import { Empty, Failure, Loaded, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import styles from './bulk-operations.module.css';
import { OperationProgress, sums } from './progress';
import { type BulkOperation, useBulkOperation, useBulkOperations } from './queries';

const labels = text.bulkOperations;
const TONES: Record<BulkOperation['status'], Tone> = { running: 'info', done: 'good', stopped: 'warn', failed: 'bad' };
const PAGE = '/bulk-operations';

const number = (id: 'total' | 'changed' | 'unchanged' | 'refused'): Column<BulkOperation> => ({
  id,
  header: labels.columns[id],
  width: 96,
  align: 'end',
  cell: (row) => formatNumber(row[id]),
});

const COLUMNS: Column<BulkOperation>[] = [
  {
    id: 'operation',
    header: labels.columns.operation,
    width: 210,
    isTitle: true,
    cell: (row) => (
      <Link className={styles.name} to={`${PAGE}/${row.bulk_operation_id}`}>
        {labels.names[row.operation]}
      </Link>
    ),
  },
  {
    id: 'status',
    header: labels.columns.status,
    width: 110,
    cell: (row) => <Badge tone={TONES[row.status]}>{labels.states[row.status]}</Badge>,
  },
  number('total'),
  number('changed'),
  number('unchanged'),
  number('refused'),
  { id: 'at', header: labels.columns.at, width: 176, cell: (row) => formatMoment(row.created_at) },
];

export function BulkOperationsPage() {
  const operations = useBulkOperations();
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Loaded query={operations}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>
          ) : (
            <DataTable
              label={labels.title}
              columns={COLUMNS}
              rows={rows}
              keyOf={(row) => row.bulk_operation_id ?? row.created_at}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

export function BulkOperationPage() {
  const { bulkOperationId = '' } = useParams();
  const { data, error, refetch } = useBulkOperation(bulkOperationId);
  const back = { href: PAGE, label: labels.back };
  if (data)
    return (
      <Page
        title={labels.names[data.operation]}
        beside={<Badge tone={TONES[data.status]}>{labels.states[data.status]}</Badge>}
        lead={formatMoment(data.created_at)}
        back={back}
      >
        <Section title={labels.what}>
          <Facts facts={factsOf(data)} />
        </Section>
        <Section title={labels.results}>
          <OperationProgress of={data} />
        </Section>
      </Page>
    );
  return (
    <Page title={labels.title} back={back}>
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Skeleton />}
    </Page>
  );
}

function factsOf({ arguments: given, amounts, total }: BulkOperation): Fact[] {
  const facts: [string, string | null | false][] = [
    [labels.columns.total, formatNumber(total)],
    [text.accounts.bulk.addOn, given.add_on && word(text.words.addOn, given.add_on)],
    [text.account.planDialog.plan, given.plan && word(text.words.plan, given.plan)],
    [text.account.billing, given.billing_mode && word(text.words.billingMode, given.billing_mode)],
    [text.account.cancelDialog.reason, given.reason && word(text.words.cancelReason, given.reason)],
    [text.account.cancelDialog.date, given.effective_on && formatDay(given.effective_on)],
    [text.bonuses.reference, given.reference],
    [text.bonuses.total, amounts.length > 0 && sums(amounts)],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
