/** What a list is made of, whether it is drawn as a table or as cards; and how its rows are ordered. */
import type { ReactNode } from 'react';

export type Sortable = string | number | null;

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** The value that ordering by this column compares; without it the column cannot be ordered by. */
  sortBy?: (row: T) => Sortable;
  align?: 'end';
  width?: number;
  /** Leads the card; the other columns follow as label and value. */
  isTitle?: boolean;
}

export interface Sort {
  column: string;
  descending: boolean;
}

export interface Selection<T> {
  selected: ReadonlySet<string>;
  onChange: (selected: Set<string>) => void;
  labelOf: (row: T) => string;
}

export interface ListProps<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  selection?: Selection<T>;
  /** What can be done with a row, at its end. */
  actions?: (row: T) => ReactNode;
  actionsWidth?: number;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  /** Called when the end of the rows comes into view. */
  onEnd?: () => void;
  /** The rows come in the order of `sort` already. */
  isSorted?: boolean;
  /** How many rows there are in all, where that is known. */
  total?: number | undefined;
  /** The row that is open beside the list: marked, and kept in view. */
  current?: string | undefined;
  /** Where to stand when the list is opened again: how far down, and the row whose link gets the focus. */
  place?: { scrollTop: number; key?: string | undefined } | null;
  /** Told how far down the list is, as it is left. */
  onLeave?: (scrollTop: number) => void;
  /** Keeps the header in view and the rows in a frame of their own. */
  tall?: boolean;
}

/** Past this many rows only those in view are drawn. */
export const MAX_UNWINDOWED_ROWS = 60;

export function nextSort(current: Sort | null | undefined, column: string): Sort {
  return { column, descending: current?.column === column ? !current.descending : false };
}

export function sortRows<T>(rows: T[], columns: Column<T>[], sort: Sort | null | undefined): T[] {
  const by = columns.find((column) => column.id === sort?.column)?.sortBy;
  if (!by || !sort) return rows;
  const direction = sort.descending ? -1 : 1;
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort((a, b) => compare(a.value, b.value, direction, collator))
    .map(({ row }) => row);
}

/** Values in order; what has no value comes last, whichever way. */
function compare(a: Sortable, b: Sortable, direction: number, collator: Intl.Collator): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction;
  return collator.compare(String(a), String(b)) * direction;
}

export function toggled(selected: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}
