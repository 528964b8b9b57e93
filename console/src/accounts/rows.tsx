/** The accounts that were found: how many, the table, and what can be done with those selected. */
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { AccountFilters } from '../account-filters/filters';
import { today } from '../api/business-day';
import type { Account } from '../api/types';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { formatDay, formatNumber } from '../text/format';
import { Button } from '../ui/button';
import { useRowMenu } from '../ui/row-menu';
import { Failure } from '../ui/states';
import { DataTable } from '../ui/table';
import { sortRows } from '../ui/table-model';
import { useAccountCount } from './account-count';
import { AccountActionDialog, useAccountActions } from './actions';
import { BulkBar } from './bulk';
import { COLUMNS, chosenColumns } from './columns';
import styles from './list.module.css';
import { LogInButton } from './log-in';
import { useLoadAll, useSorting } from './ordering';
import { PanelFrame } from './panel-frame';
import { columnsBesidePanel, usePanelPlace } from './panel-place';
import { ViewTools } from './view-tools';

interface RowsProps {
  filters: AccountFilters;
  rows: Account[];
  isStale: boolean;
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
  isStale,
  hasMore,
  isLoadingMore,
  loadMore,
  error,
  settledOn,
  onBulk,
}: RowsProps) {
  const { can } = useRights();
  const [params] = useSearchParams();
  const columns = useMemo(() => COLUMNS.filter((column) => chosenColumns(params).includes(column.id)), [params]);
  const total = useAccountCount(filters, hasMore ? undefined : rows.length);
  const sorting = useSorting(hasMore);
  const place = usePanelPlace();
  const ordered = useMemo(() => sortRows(rows, columns, sorting.sort), [rows, columns, sorting.sort]);
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
        {settledOn && settledOn < today() && (
          <p className={styles.note}>{text.accounts.settled(formatDay(settledOn))}</p>
        )}
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
      <PanelFrame place={place} rows={ordered}>
        <DataTable
          tall
          current={place.accountId ?? undefined}
          label={text.accounts.title}
          columns={place.accountId ? columnsBesidePanel(columns) : columns}
          rows={rows}
          keyOf={(account) => account.account_id}
          total={total}
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

function countOf(loaded: number, total: number | undefined, hasMore: boolean): string {
  if (!hasMore) return text.accounts.loadedAll(formatNumber(loaded));
  if (total === undefined) return text.accounts.loadedSome(formatNumber(loaded));
  return text.accounts.loadedOf(formatNumber(loaded), formatNumber(total));
}
