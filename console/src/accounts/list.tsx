/** My accounts: the whole book as one list, narrowed by what stands in the address. */
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { type AccountFilters, clearedFilters, readFilters } from '../account-filters/filters';
import type { Account } from '../api/types';
import { useRights } from '../auth/me';
import { RunningOperation } from '../bulk-operations/running';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { announce } from '../ui/announce';
import { Button, ButtonLink } from '../ui/button';
import { Page } from '../ui/page';
import { Empty, Failure, Skeleton } from '../ui/states';
import { BulkDialog } from './bulk';
import { ExportDialog } from './export';
import { AccountFilterBar } from './filter-bar';
import styles from './list.module.css';
import { setListLocation } from './list-location';
import { NoAccounts } from './no-accounts';
import { readSort, serverOrder } from './ordering';
import { useAccounts } from './queries';
import { AccountRows } from './rows';

const ON_ACCOUNTS = [
  'activate_add_on',
  'deactivate_add_on',
  'change_plan',
  'change_billing_mode',
  'cancel',
  'request_permission',
] as const;

export function AccountsPage() {
  const [params, setParams] = useSearchParams();
  const filters = useFilters(params);
  useEffect(() => setListLocation(closed(params).toString()), [params]);
  const { can } = useRights();
  const [changing, setChanging] = useState<Account[] | null>(null);
  return (
    <Page
      title={text.accounts.title}
      actions={
        <>
          <Button icon="download" onPress={() => setParams(opened(params, 'export'))}>
            {text.accounts.export.open}
          </Button>
          {can('create_account') && (
            <ButtonLink look="primary" icon="add" href="/accounts/new">
              {text.accounts.newAccount}
            </ButtonLink>
          )}
        </>
      }
    >
      {can('create_bulk_operation') && <RunningOperation of={ON_ACCOUNTS} />}
      <AccountFilterBar filters={filters} />
      <Results filters={filters} onBulk={setChanging} />
      {changing && <BulkDialog accounts={changing} onClose={() => setChanging(null)} />}
      {params.get('open') === 'export' && (
        <ExportDialog filters={filters} onClose={() => setParams(closed(params), { replace: true })} />
      )}
    </Page>
  );
}

/** The same filters for the same address, whatever else changes in it. */
function useFilters(params: URLSearchParams): AccountFilters {
  const written = JSON.stringify(readFilters(params));
  return useMemo(() => JSON.parse(written) as AccountFilters, [written]);
}

function opened(params: URLSearchParams, overlay: string): URLSearchParams {
  const next = new URLSearchParams(params);
  next.set('open', overlay);
  return next;
}

function closed(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('open');
  return next;
}

interface ResultsProps {
  filters: AccountFilters;
  /** Asks for a change of these accounts together. */
  onBulk: (accounts: Account[]) => void;
}

function Results({ filters, onBulk }: ResultsProps) {
  const [params] = useSearchParams();
  const query = useAccounts(filters, serverOrder(readSort(params), filters));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const count = rows.length;
  const isWaiting = query.isPlaceholderData;
  useAnnounceCount(filters, count, query.hasNextPage, query.data !== undefined && !isWaiting);
  useFirstRows(query, count);
  if (query.isPending) return <Searching />;
  if (query.error && count === 0) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (count === 0 && (isWaiting || (query.hasNextPage && !query.error))) return <Searching />;
  if (count === 0 && !query.hasNextPage) return <NothingFound isFiltered={Object.keys(filters).length > 0} />;
  return (
    <AccountRows
      filters={filters}
      rows={rows}
      isSearching={isWaiting}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      loadMore={query.fetchNextPage}
      error={query.error}
      settledOn={query.data?.pages[0]?.settled_on ?? null}
      onBulk={onBulk}
    />
  );
}

/** A list that is asked for says so, and says nothing of how long it is. */
function Searching() {
  return (
    <>
      <p className={styles.count}>{text.accounts.searching}</p>
      <Skeleton lines={12} label={text.accounts.searching} />
    </>
  );
}

/** Pages may come without a row where filters leave most out: the first rows are looked for in the next ones. */
function useFirstRows(query: ReturnType<typeof useAccounts>, count: number): void {
  const { hasNextPage, isFetchingNextPage, error, fetchNextPage, isPlaceholderData } = query;
  useEffect(() => {
    if (count === 0 && hasNextPage && !isFetchingNextPage && !error && !isPlaceholderData) void fetchNextPage();
  }, [count, hasNextPage, isFetchingNextPage, error, fetchNextPage, isPlaceholderData]);
}

/** Says how many there are when the filters change, but not each time the same list is read again. */
function useAnnounceCount(filters: AccountFilters, count: number, hasMore: boolean, isThere: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: said when the filters change, not for each page that is loaded
  useEffect(() => {
    if (isThere)
      announce(hasMore ? text.accounts.loadedSome(formatNumber(count)) : text.accounts.loadedAll(formatNumber(count)));
  }, [filters, isThere]);
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  const [params, setParams] = useSearchParams();
  if (!isFiltered) return <NoAccounts />;
  return (
    <Empty
      title={text.accounts.emptyTitle}
      action={<Button onPress={() => setParams(clearedFilters(params))}>{text.filters.clear}</Button>}
    >
      {text.accounts.emptyDetail}
    </Empty>
  );
}
