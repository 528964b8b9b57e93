/** The history of the whole partnership. */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { text } from '../text/en';
import { addDays, formatMoment } from '../text/format';
import { TextLink } from '../ui/button';
import { TextField } from '../ui/fields';
import { FilterBar } from '../ui/filters';
import { Page } from '../ui/page';
import { Empty, Failure, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { Changes, kindInWords, useActorName } from './entry';
import { type AuditEntry, type AuditFilters, useAudit } from './queries';

const labels = text.audit;
const PAGE = 50;

export function AuditPage() {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  return (
    <Page title={labels.title} lead={labels.lead}>
      <FilterBar label={labels.filter}>
        <TextField
          type="date"
          width="short"
          label={labels.since}
          value={params.get('since') ?? ''}
          onChange={(value) => set('since', value)}
        />
        <TextField
          type="date"
          width="short"
          label={labels.until}
          value={params.get('until') ?? ''}
          onChange={(value) => set('until', value)}
        />
      </FilterBar>
      <Entries filters={filtersOf(params)} />
    </Page>
  );
}

/** Both days count whole, in UTC as everything does that is counted by days. */
function filtersOf(params: URLSearchParams): AuditFilters {
  const [since, until] = [params.get('since'), params.get('until')];
  return {
    ...(since ? { since: `${since}T00:00:00Z` } : {}),
    ...(until ? { until: `${addDays(until, 1)}T00:00:00Z` } : {}),
  };
}

function Entries({ filters }: { filters: AuditFilters }) {
  const audit = useAudit(filters, PAGE);
  const who = useActorName();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (audit.error && !audit.data) return <Failure error={audit.error} onRetry={() => void audit.refetch()} />;
  if (!audit.data) return <Skeleton lines={10} />;
  const rows = audit.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <NothingFound isFiltered={Object.keys(filters).length > 0} />;
  const columns: Column<AuditEntry>[] = [
    {
      id: 'what',
      header: labels.columns.what,
      width: 190,
      isTitle: true,
      cell: (entry) => <strong>{kindInWords(entry.kind)}</strong>,
    },
    { id: 'at', header: labels.columns.at, width: 136, cell: (entry) => formatMoment(entry.at) },
    { id: 'who', header: labels.columns.who, width: 160, cell: who },
    {
      id: 'account',
      header: labels.columns.account,
      width: 80,
      cell: (entry) =>
        entry.account_id ? <TextLink href={`/accounts/${entry.account_id}`}>{labels.openAccount}</TextLink> : text.none,
    },
    { id: 'changes', header: labels.columns.changes, width: 340, cell: (entry) => <Changes changes={entry.changes} /> },
  ];
  return (
    <DataTable
      tall
      label={labels.title}
      columns={columns}
      rows={rows}
      keyOf={(entry) => entry.audit_id}
      onEnd={onEnd}
    />
  );
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? <Empty title={labels.noneThen} /> : <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>;
}
