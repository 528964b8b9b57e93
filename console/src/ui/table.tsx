/** A list of rows: a table where there is room, cards below 640 px; only what is in view is drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { text } from '../text/en';
import { Cards } from './cards';
import { Icon } from './icon';
import { useNarrow } from './media';
import { DRAW_ALL, nextSort, sortRows, toggled, type Column, type ListProps } from './table-model';
import styles from './table.module.css';

const ROW_HEIGHT = 53;

export function DataTable<T>(props: ListProps<T>) {
  const narrow = useNarrow();
  const rows = useMemo(() => sortRows(props.rows, props.columns, props.sort), [props.rows, props.columns, props.sort]);
  return narrow ? <Cards {...props} rows={rows} /> : <WideTable {...props} rows={rows} />;
}

function WideTable<T>(props: ListProps<T>) {
  const { label, columns, rows, selection, actions, total, tall } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { items, before, after, measure } = useWindowOfRows(rows.length, scroller, props.onEnd);
  const span = columns.length + (selection ? 1 : 0) + (actions ? 1 : 0);
  const minWidth = columns.reduce((sum, column) => sum + (column.width ?? 140), 0) + (selection ? 44 : 0) + (actions ? (props.actionsWidth ?? 56) : 0);
  return (
    <div ref={scroller} className={`${styles.scroller} ${tall ? styles.tall : ''}`} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table} aria-rowcount={(total ?? rows.length) + 1} aria-label={label} style={{ minWidth }}>
        <Widths {...props} />
        <Head {...props} />
        <tbody>
          {before > 0 && <Space height={before} span={span} />}
          {items.map((index) => {
            const row = rows[index];
            return row === undefined ? null : <Row key={props.keyOf(row)} {...props} row={row} index={index} measure={measure} />;
          })}
          {after > 0 && <Space height={after} span={span} />}
        </tbody>
      </table>
    </div>
  );
}

function useWindowOfRows(count: number, scroller: React.RefObject<HTMLDivElement | null>, onEnd?: () => void) {
  const isLong = count > DRAW_ALL;
  const virtualizer = useVirtualizer({
    count,
    enabled: isLong,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const shown = virtualizer.getVirtualItems();
  const last = isLong ? (shown.at(-1)?.index ?? 0) : count - 1;
  useEffect(() => {
    if (count > 0 && last >= count - 40) onEnd?.();
  }, [last, count, onEnd]);
  if (!isLong) return { items: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, measure: undefined };
  return {
    items: shown.map((item) => item.index),
    before: shown[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0),
    measure: virtualizer.measureElement,
  };
}

function Space({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={span} className={styles.space} style={{ height }} />
    </tr>
  );
}

function Widths<T>({ columns, selection, actions, actionsWidth }: ListProps<T>) {
  return (
    <colgroup>
      {selection && <col style={{ width: 44 }} />}
      {columns.map((column) => (
        <col key={column.id} style={column.isTitle ? undefined : { width: column.width ?? 140 }} />
      ))}
      {actions && <col style={{ width: actionsWidth ?? 56 }} />}
    </colgroup>
  );
}

function Head<T>({ columns, rows, keyOf, selection, actions, sort, onSort }: ListProps<T>) {
  const all = selection && rows.length > 0 && rows.every((row) => selection.selected.has(keyOf(row)));
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className={styles.checkCell}>
            <input
              type="checkbox"
              aria-label={text.table.selectAll}
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
            <span className="visually-hidden">{text.table.actions}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function HeadCell<T>({ column, sort, onSort }: { column: Column<T>; sort: ListProps<T>['sort']; onSort?: ListProps<T>['onSort'] }) {
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

interface RowProps<T> extends ListProps<T> {
  row: T;
  index: number;
  /** Tells the window of rows how high this one is. */
  measure: ((element: HTMLTableRowElement | null) => void) | undefined;
}

function Row<T>({ row, index, columns, keyOf, selection, actions, measure }: RowProps<T>) {
  const key = keyOf(row);
  const isSelected = selection?.selected.has(key) ?? false;
  return (
    <tr ref={measure ?? null} data-index={index} aria-rowindex={index + 2} data-selected={isSelected || undefined}>
      {selection && (
        <td className={styles.checkCell}>
          <input
            type="checkbox"
            aria-label={text.table.select(selection.labelOf(row))}
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
