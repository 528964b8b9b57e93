/** The accounts that were found: how many, the table, and what can be done with those selected. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { AccountFilters } from '../account-filters/filters';
import { today } from '../api/business-day';
import type { Account } from '../api/types';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { formatDay, formatNumber } from '../text/format';
import { useRowMenu } from '../ui/row-menu';
import { Failure } from '../ui/states';
import { DataTable } from '../ui/table';
import { type Column, sortRows } from '../ui/table-model';
import type { AccountCount } from './account-count';
import { AccountActionDialog, useAccountActions } from './actions';
import { BulkBar } from './bulk';
import { COLUMNS, chosenColumns } from './columns';
import styles from './list.module.css';
import { forgetPlace, leaveList, returnToList } from './list-location';
import { LogInButton } from './log-in';
import { isServerOrdered, serverOrder, useSorting } from './ordering';
import { PanelFrame } from './panel-frame';
import { columnsBesidePanel, usePanelPlace } from './panel-place';
import { useAccountCount } from './use-account-count';
import { ViewTools } from './view-tools';

interface RowsProps {
  filters: AccountFilters;
  rows: Account[];
  isSearching: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => Promise<unknown>;
  error: unknown;
  settledOn: string | null;
  /** Asks for a change of these accounts together. */
  onBulk: (accounts: Account[]) => void;
}

export function AccountRows({
  filters,
  rows,
  isSearching,
  hasMore,
  isLoadingMore,
  loadMore,
  error,
  settledOn,
  onBulk,
}: RowsProps) {
  const { can } = useRights();
  const [params] = useSearchParams();
  const sorting = useSorting();
  const isComplete = !hasMore && !isSearching;
  const isServerSorted = serverOrder(sorting.sort, filters) !== undefined;
  const columns = useMemo(() => columnsOf(params, filters, isComplete), [params, filters, isComplete]);
  const total = useAccountCount(filters, isComplete ? rows.length : undefined);
  const panel = usePanelPlace();
  const ordered = useMemo(
    () => (isServerSorted ? rows : sortRows(rows, columns, sorting.sort)),
    [rows, columns, sorting.sort, isServerSorted],
  );
  const [place] = useState(() => returnToList(withoutOverlay(params)));
  useEffect(forgetPlace, []);
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const chosen = useMemo(() => rows.filter((row) => selected.has(row.account_id)), [rows, selected]);
  const { actionsOf, action, close } = useAccountActions();
  const { button, menu } = useRowMenu<Account>(text.accounts.menu.label, actionsOf);
  const onEnd = useCallback(() => {
    if (hasMore && !isLoadingMore && !isSearching && !error) void loadMore();
  }, [hasMore, isLoadingMore, isSearching, error, loadMore]);
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
    <div className={styles.results} aria-busy={isSearching}>
      <div className={styles.above}>
        <p className={styles.count}>{isSearching ? text.accounts.searching : countOf(rows.length, total, hasMore)}</p>
        {settledOn && settledOn < today() && (
          <p className={styles.note}>{text.accounts.settled(formatDay(settledOn))}</p>
        )}
        <ViewTools />
      </div>
      <PanelFrame place={panel} rows={ordered}>
        <DataTable
          tall
          current={panel.accountId ?? undefined}
          label={text.accounts.title}
          columns={panel.accountId ? columnsBesidePanel(columns) : columns}
          rows={rows}
          keyOf={(account) => account.account_id}
          total={isSearching ? undefined : total?.exact ? total.count : undefined}
          isSorted={isServerSorted}
          place={place && { scrollTop: place.scrollTop, key: place.accountId }}
          onLeave={leaveList}
          actions={actions}
          actionsWidth={110}
          onEnd={onEnd}
          {...sorting}
          {...(can('activate_add_on')
            ? { selection: { selected, onChange: setSelected, labelOf: (account: Account) => account.organization } }
            : {})}
        />
      </PanelFrame>
      {isLoadingMore && <p className={styles.note}>{text.states.loadingMore}</p>}
      {Boolean(error) && <Failure error={error} onRetry={() => void loadMore()} />}
      {menu}
      {action && <AccountActionDialog {...action} onClose={close} />}
      {chosen.length > 0 && <BulkBar accounts={chosen} onChange={onBulk} onClear={() => setSelected(new Set())} />}
    </div>
  );
}

/** The chosen columns; before all rows are there, only those order that the server orders by. */
function columnsOf(params: URLSearchParams, filters: AccountFilters, isComplete: boolean): Column<Account>[] {
  return COLUMNS.filter((column) => chosenColumns(params).includes(column.id)).map((column) => {
    const canOrder = isComplete || (isServerOrdered(column.id) && !filters.q);
    const { sortBy: _, ...plain } = column;
    return canOrder ? column : plain;
  });
}

function withoutOverlay(params: URLSearchParams): string {
  const next = new URLSearchParams(params);
  next.delete('open');
  return next.toString();
}

function countOf(loaded: number, total: AccountCount | undefined, hasMore: boolean): string {
  if (!hasMore) return text.accounts.loadedAll(formatNumber(loaded));
  if (total === undefined) return text.accounts.loadedSome(formatNumber(loaded));
  const all = formatNumber(total.count);
  return total.exact
    ? text.accounts.loadedOf(formatNumber(loaded), all)
    : text.accounts.loadedOfMore(formatNumber(loaded), all);
}
