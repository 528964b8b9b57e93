/** The rows of the tracker that a search finds. */
import { useMemo } from 'react';
import { text } from '../text/en';
import { Empty } from '../ui/states';
import { DataTable } from '../ui/table';
import type { ListProps, Sort } from '../ui/table-model';
import type { TRACKED_COLUMNS } from './columns';
import type { Tracked } from './queries';

const labels = text.bonuses;

interface TableProps extends Pick<ListProps<Tracked>, 'selection' | 'actions' | 'actionsWidth'> {
  rows: Tracked[];
  search: string;
  columns: typeof TRACKED_COLUMNS;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}

export function Rows({ rows, search, ...table }: TableProps) {
  const matches = useMemo(() => matching(rows, search), [rows, search]);
  if (matches.length === 0) return <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>;
  return <DataTable tall label={labels.title} rows={matches} keyOf={(row) => row.account_id} {...table} />;
}

export function matching(rows: Tracked[], search: string): Tracked[] {
  const searchText = search.trim().toLowerCase();
  return searchText
    ? rows.filter((row) => `${row.organization}\n${row.username}`.toLowerCase().includes(searchText))
    : rows;
}
