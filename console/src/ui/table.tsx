/** A list of rows: a table where there is room, cards below 640 px; only what is in view is drawn. */
import { useEffect, useMemo, useRef } from 'react';
import { Cards } from './cards';
import { useNarrow, usePaper } from './media';
import { usePlace } from './place';
import { useWindowOfRows } from './row-window';
import styles from './table.module.css';
import { Head } from './table-head';
import { type ListProps, sortRows } from './table-model';
import { Row } from './table-row';

export function DataTable<T>(props: ListProps<T>) {
  const narrow = useNarrow();
  const sort = props.isSorted ? null : props.sort;
  const rows = useMemo(() => sortRows(props.rows, props.columns, sort), [props.rows, props.columns, sort]);
  return narrow ? <Cards {...props} rows={rows} /> : <WideTable {...props} rows={rows} />;
}

function WideTable<T>(props: ListProps<T>) {
  const { label, columns, rows, selection, actions, total, tall } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isPaper = usePaper();
  const { items, before, after, measure, scrollTo } = useWindowOfRows(
    rows.length,
    scroller,
    props.onEnd,
    props.place?.scrollTop,
  );
  usePlace(scroller, props);
  useCurrentInView(props, scrollTo);
  const span = columns.length + (selection ? 1 : 0) + (actions ? 1 : 0);
  const minWidth =
    columns.reduce((sum, column) => sum + (column.width ?? 140), 0) +
    (selection ? 44 : 0) +
    (actions ? (props.actionsWidth ?? 56) : 0);
  return (
    <section ref={scroller} className={`${styles.scroller} ${tall ? styles.tall : ''}`} tabIndex={0} aria-label={label}>
      <table
        className={styles.table}
        aria-rowcount={total === undefined ? -1 : total + 1}
        aria-label={label}
        style={isPaper ? undefined : { minWidth }}
      >
        {!isPaper && <Widths {...props} />}
        <Head {...props} />
        <tbody>
          {before > 0 && <Space height={before} span={span} />}
          {items.map((index) => {
            const row = rows[index];
            return row === undefined ? null : (
              <Row key={props.keyOf(row)} {...props} row={row} index={index} measure={measure} />
            );
          })}
          {after > 0 && <Space height={after} span={span} />}
        </tbody>
      </table>
    </section>
  );
}

/** Keeps the row that is open beside the list where it can be seen, when another becomes that row. */
function useCurrentInView<T>({ current, rows, keyOf }: ListProps<T>, scrollTo: (index: number) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that are added or read again do not move the list
  useEffect(() => {
    const index = current === undefined ? -1 : rows.findIndex((row) => keyOf(row) === current);
    if (index >= 0) scrollTo(index);
  }, [current]);
}

function Space({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row that only takes up room holds nothing to focus
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
