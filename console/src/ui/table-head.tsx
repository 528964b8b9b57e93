/** The head of a table: names of columns, some of which sort, and the box that selects every row. */

import { Icon } from './icon';
import { labels } from './labels';
import styles from './table.module.css';
import { type Column, type ListProps, nextSort } from './table-model';

export function Head<T>({ columns, rows, keyOf, selection, actions, sort, onSort }: ListProps<T>) {
  const all = selection && rows.length > 0 && rows.every((row) => selection.selected.has(keyOf(row)));
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className={styles.checkCell}>
            <input
              type="checkbox"
              aria-label={labels.table.selectAll}
              checked={Boolean(all)}
              onChange={() => selection.onChange(all ? new Set() : new Set(rows.map(keyOf)))}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort ?? null} {...(onSort ? { onSort } : {})} />
        ))}
        {actions && (
          <th scope="col" className={styles.actionsHead}>
            <span className="visually-hidden">{labels.table.actions}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function HeadCell<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: ListProps<T>['sort'];
  onSort?: ListProps<T>['onSort'];
}) {
  const isSorted = sort?.column === column.id;
  const order = isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const alignment = column.align === 'end' ? styles.end : '';
  if (!column.sortBy || !onSort)
    return (
      <th scope="col" className={alignment} {...(order ? { 'aria-sort': order } : {})}>
        {column.header}
      </th>
    );
  return (
    <th scope="col" className={alignment} {...(order ? { 'aria-sort': order } : {})}>
      <button type="button" className={styles.sort} onClick={() => onSort(nextSort(sort, column.id))}>
        {column.header}
        <Icon name={isSorted ? (sort.descending ? 'sort-down' : 'sort-up') : 'sort'} size={14} />
      </button>
    </th>
  );
}
