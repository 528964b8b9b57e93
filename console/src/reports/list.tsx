/** My reports: every run, the newest first, with what is under way drawn live; and the Generate Report overlay. */
import { useCallback, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatDay, formatMoment, formatNumber } from '../text/format';
import { notify } from '../ui/announce';
import { Button, ButtonLink } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Page, Tabs } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { Empty, Failure, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { GenerateReport } from './generate';
import { type ReportRun, useDeleteRun, useRuns } from './queries';
import styles from './reports.module.css';
import { formatsInWords, parametersOf, RunStatusBadge } from './run-status';
import { REPORT_TABS } from './tabs';

const labels = text.reports;

const COLUMNS: Column<ReportRun>[] = [
  {
    id: 'report',
    header: labels.columns.report,
    width: 190,
    isTitle: true,
    cell: (run) => (
      <Link className={styles.name} to={`/reports/${run.report_run_id}`}>
        {word(text.words.report, run.report)}
      </Link>
    ),
  },
  { id: 'parameters', header: labels.columns.parameters, width: 180, cell: (run) => parametersOf(run) },
  { id: 'status', header: labels.columns.status, width: 130, cell: (run) => <RunStatusBadge run={run} /> },
  { id: 'formats', header: labels.columns.formats, width: 104, cell: (run) => formatsInWords(run.formats) },
  { id: 'rows', header: labels.columns.rows, width: 68, align: 'end', cell: (run) => formatNumber(run.rows) },
  { id: 'requested', header: labels.columns.requested, width: 136, cell: (run) => formatMoment(run.requested_at) },
  { id: 'expires', header: labels.columns.expires, width: 110, cell: (run) => formatDay(run.expires_at) },
];

export function ReportsPage() {
  const [params, setParams] = useSearchParams();
  const close = () => setParams({}, { replace: true });
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      actions={
        <Button look="primary" icon="reports" onPress={() => setParams({ generate: 'report' })}>
          {labels.run}
        </Button>
      }
    >
      <Tabs label={labels.tabs.label} items={REPORT_TABS} current="/reports" />
      <Runs />
      {params.has('generate') && <GenerateReport params={params} onClose={close} />}
    </Page>
  );
}

function Runs() {
  const runs = useRuns();
  const navigate = useNavigate();
  const { can } = useRights();
  const [toDelete, setToDelete] = useState<ReportRun | null>(null);
  const { button, menu } = useRowMenu<ReportRun>(labels.title, (run) => [
    { id: 'open', label: labels.open, icon: 'reports', onAction: () => void navigate(`/reports/${run.report_run_id}`) },
    ...(can('delete_report_run')
      ? [
          {
            id: 'delete',
            label: text.actions.delete,
            icon: 'trash' as const,
            danger: true,
            onAction: () => setToDelete(run),
          },
        ]
      : []),
  ]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = runs;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (runs.isPending) return <Skeleton />;
  if (!runs.data) return <Failure error={runs.error} onRetry={() => void runs.refetch()} />;
  const rows = runs.data.pages.flatMap((page) => page.items);
  if (rows.length === 0)
    return (
      <Empty title={labels.emptyTitle} action={<ButtonLink href="/reports?generate=report">{labels.run}</ButtonLink>}>
        {labels.emptyDetail}
      </Empty>
    );
  return (
    <>
      <DataTable
        label={labels.title}
        columns={COLUMNS}
        rows={rows}
        keyOf={(run) => run.report_run_id}
        actions={(run) => button(run, labels.rowMenu(word(text.words.report, run.report)))}
        onEnd={onEnd}
      />
      {menu}
      {toDelete && <DeleteRun run={toDelete} onClose={() => setToDelete(null)} />}
    </>
  );
}

export function DeleteRun({ run, onClose, onDone }: { run: ReportRun; onClose: () => void; onDone?: () => void }) {
  const remove = useDeleteRun(() => {
    notify(labels.deleted);
    onClose();
    onDone?.();
  });
  return (
    <Confirm
      title={labels.deleteTitle}
      question={labels.deleteQuestion}
      action={text.actions.delete}
      danger
      isOpen
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(run.report_run_id)}
      onClose={onClose}
    />
  );
}
