/** A row of a table: its box, its cells, and what can be done with it. */
import { labels } from './labels';
import styles from './table.module.css';
import { type ListProps, toggled } from './table-model';

interface RowProps<T> extends ListProps<T> {
  row: T;
  index: number;
  /** Tells the window of rows how high this one is. */
  measure: ((element: HTMLTableRowElement | null) => void) | undefined;
}

export function Row<T>({ row, index, columns, keyOf, selection, actions, current, measure }: RowProps<T>) {
  const key = keyOf(row);
  const isSelected = selection?.selected.has(key) ?? false;
  return (
    <tr
      ref={measure ?? null}
      data-index={index}
      data-key={key}
      aria-rowindex={index + 2}
      data-selected={isSelected || undefined}
      aria-current={current === key || undefined}
    >
      {selection && (
        <td className={styles.checkCell}>
          <input
            type="checkbox"
            aria-label={labels.table.select(selection.labelOf(row))}
            checked={isSelected}
            onChange={() => selection.onChange(toggled(selection.selected, key))}
          />
        </td>
      )}
      {columns.map((column) =>
        column.isTitle ? (
          <th key={column.id} scope="row" className={styles.titleCell}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.id} className={column.align === 'end' ? styles.end : undefined}>
            {column.cell(row)}
          </td>
        ),
      )}
      {actions && <td className={styles.actions}>{actions(row)}</td>}
    </tr>
  );
}
