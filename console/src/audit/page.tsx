/** The history of the whole partnership. */
import { useCallback } from 'react';
import { formatMoment } from '../text/format';
import { text } from '../text/en';
import { TextLink } from '../ui/button';
import { Page } from '../ui/page';
import { Empty, Failure, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { Changes, kindInWords, useWho } from './entry';
import { useAudit, type AuditEntry } from './queries';

const labels = text.audit;
const PAGE = 50;

export function AuditPage() {
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Entries />
    </Page>
  );
}

function Entries() {
  const audit = useAudit({}, PAGE);
  const who = useWho();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (audit.error && !audit.data) return <Failure error={audit.error} onRetry={() => void audit.refetch()} />;
  if (!audit.data) return <Skeleton lines={10} />;
  const rows = audit.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>;
  const columns: Column<AuditEntry>[] = [
    { id: 'what', header: labels.columns.what, width: 200, isTitle: true, cell: (entry) => <strong>{kindInWords(entry.kind)}</strong> },
    { id: 'at', header: labels.columns.at, width: 176, cell: (entry) => formatMoment(entry.at) },
    { id: 'who', header: labels.columns.who, width: 170, cell: who },
    {
      id: 'account',
      header: labels.columns.account,
      width: 90,
      cell: (entry) => (entry.account_id ? <TextLink href={`/accounts/${entry.account_id}`}>{labels.openAccount}</TextLink> : text.none),
    },
    { id: 'changes', header: labels.columns.changes, width: 360, cell: (entry) => <Changes changes={entry.changes} /> },
  ];
  return <DataTable tall label={labels.title} columns={columns} rows={rows} keyOf={(entry) => entry.audit_id} onEnd={onEnd} />;
}
