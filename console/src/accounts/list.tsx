/** My accounts: the whole book as one list, narrowed by what stands in the address. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Account } from '../api/types';
import { announce } from '../app/announce';
import { today } from '../app/today';
import { useRights } from '../auth/me';
import { formatDay, formatNumber } from '../text/format';
import { text } from '../text/en';
import { Button, ButtonLink } from '../ui/button';
import { Page } from '../ui/page';
import { useRowMenu } from '../ui/row-menu';
import { Empty, Failure, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Sort } from '../ui/table-model';
import { AccountActionDialog, useAccountActions } from './actions';
import { BulkBar, BulkDialog } from './bulk';
import { COLUMNS, chosenColumns } from './columns';
import { ExportDialog } from './export';
import { AccountFilterBar } from './filter-bar';
import { clearedFilters, readFilters, type AccountFilters } from './filters';
import { rememberList } from './last-list';
import { LogInButton } from './log-in';
import { useAccounts } from './queries';
import { useTotal } from './total';
import { ViewTools } from './view-tools';
import styles from './list.module.css';

export function AccountsPage() {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  useEffect(() => rememberList(closed(params).toString()), [params]);
  const { canManage } = useRights();
  const [changing, setChanging] = useState<Account[] | null>(null);
  return (
    <Page
      title={text.accounts.title}
      actions={
        <>
          <Button icon="download" onPress={() => setParams(opened(params, 'export'))}>
            {text.accounts.export.open}
          </Button>
          {canManage && (
            <ButtonLink look="primary" icon="add" href="/accounts/new">
              {text.accounts.newAccount}
            </ButtonLink>
          )}
        </>
      }
    >
      <AccountFilterBar filters={filters} />
      <Results filters={filters} onBulk={setChanging} />
      {changing && <BulkDialog accounts={changing} onClose={() => setChanging(null)} />}
      {params.get('open') === 'export' && <ExportDialog filters={filters} onClose={() => setParams(closed(params), { replace: true })} />}
    </Page>
  );
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
  const query = useAccounts(filters);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const count = rows.length;
  const isWaiting = query.isPlaceholderData;
  useTellCount(filters, count, query.hasNextPage, query.data !== undefined && !isWaiting);
  if (query.isPending) return <Skeleton lines={12} />;
  if (query.error && count === 0) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (count === 0 && !query.hasNextPage) return <NothingFound isFiltered={Object.keys(filters).length > 0} />;
  return (
    <AccountRows
      filters={filters}
      rows={rows}
      isStale={isWaiting}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      loadMore={query.fetchNextPage}
      error={query.error}
      settledOn={query.data?.pages[0]?.settled_on ?? null}
      onBulk={onBulk}
    />
  );
}

/** Says how many there are when the filters change, but not each time the same list is read again. */
function useTellCount(filters: AccountFilters, count: number, hasMore: boolean, isThere: boolean): void {
  useEffect(() => {
    if (isThere) announce(hasMore ? text.accounts.loadedSome(formatNumber(count)) : text.accounts.loadedAll(formatNumber(count)));
  }, [filters, isThere]);
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  const [params, setParams] = useSearchParams();
  if (!isFiltered) return <Empty title={text.accounts.noneTitle}>{text.accounts.noneDetail}</Empty>;
  return (
    <Empty title={text.accounts.emptyTitle} action={<Button onPress={() => setParams(clearedFilters(params))}>{text.filters.clear}</Button>}>
      {text.accounts.emptyDetail}
    </Empty>
  );
}

interface RowsProps extends ResultsProps {
  rows: Account[];
  isStale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => Promise<unknown>;
  error: unknown;
  settledOn: string | null;
}

function AccountRows({ filters, rows, isStale, hasMore, isLoadingMore, loadMore, error, settledOn, onBulk }: RowsProps) {
  const { canManage } = useRights();
  const [params] = useSearchParams();
  const columns = useMemo(() => COLUMNS.filter((column) => chosenColumns(params).includes(column.id)), [params]);
  const total = useTotal(filters, hasMore ? undefined : rows.length);
  const sorting = useSorting(hasMore);
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const chosen = useMemo(() => rows.filter((row) => selected.has(row.account_id)), [rows, selected]);
  const { actionsOf, action, close } = useAccountActions();
  const { button, menu } = useRowMenu<Account>(text.accounts.menu.label, actionsOf);
  const all = useLoadAll(hasMore, loadMore);
  const onEnd = useCallback(() => {
    if (hasMore && !isLoadingMore && !error) void loadMore();
  }, [hasMore, isLoadingMore, error, loadMore]);
  const actions = useCallback(
    (account: Account) => (
      <span className={styles.rowActions}>
        <LogInButton account={account} />
        {button(account, text.accounts.rowMenu(account.organization))}
      </span>
    ),
    [button],
  );
  return (
    <div className={styles.results} aria-busy={isStale}>
      <div className={styles.above}>
        <p className={styles.count}>{countOf(rows.length, total, hasMore)}</p>
        {settledOn && settledOn < today() && <p className={styles.note}>{text.accounts.settled(formatDay(settledOn))}</p>}
        {hasMore && (
          <p className={styles.note}>
            {text.accounts.sortNote}{' '}
            <Button look="quiet" small isPending={all.isLoading} onPress={all.start}>
              {text.accounts.loadAll}
            </Button>
          </p>
        )}
        <ViewTools />
      </div>
      <DataTable
        tall
        label={text.accounts.title}
        columns={columns}
        rows={rows}
        keyOf={(account) => account.account_id}
        total={total}
        actions={actions}
        actionsWidth={110}
        onEnd={onEnd}
        {...sorting}
        {...(canManage ? { selection: { selected, onChange: setSelected, labelOf: (account: Account) => account.organization } } : {})}
      />
      {isLoadingMore && <p className={styles.note}>{text.states.loadingMore}</p>}
      {Boolean(error) && <Failure error={error} onRetry={() => void loadMore()} />}
      {menu}
      {action && <AccountActionDialog {...action} onClose={close} />}
      {chosen.length > 0 && <BulkBar accounts={chosen} onChange={onBulk} onClear={() => setSelected(new Set())} />}
    </div>
  );
}

function countOf(loaded: number, total: number | undefined, hasMore: boolean): string {
  if (!hasMore) return text.accounts.loadedAll(formatNumber(loaded));
  if (total === undefined) return text.accounts.loadedSome(formatNumber(loaded));
  return text.accounts.loadedOf(formatNumber(loaded), formatNumber(total));
}

/** Ordering by a column stands in the address, and is there when all rows are. */
function useSorting(hasMore: boolean): { sort: Sort | null; onSort?: (sort: Sort) => void } {
  const [params, setParams] = useSearchParams();
  const asked = params.get('sort');
  const sort = useMemo(() => (asked ? { column: asked.replace(/^-/, ''), descending: asked.startsWith('-') } : null), [asked]);
  if (hasMore) return { sort: null };
  return {
    sort,
    onSort: (next) => {
      const changed = new URLSearchParams(params);
      changed.set('sort', `${next.descending ? '-' : ''}${next.column}`);
      setParams(changed, { replace: true });
    },
  };
}

/** Loads page after page until there is none left. */
function useLoadAll(hasMore: boolean, loadMore: () => Promise<unknown>): { isLoading: boolean; start: () => void } {
  const [isLoading, setLoading] = useState(false);
  useEffect(() => {
    if (!isLoading) return;
    if (hasMore) void loadMore();
    else setLoading(false);
  });
  return { isLoading, start: () => setLoading(true) };
}
