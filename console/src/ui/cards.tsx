/** The same list as cards, for narrow pages; the page itself scrolls. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './cards.module.css';
import { labels } from './labels';
import { type ListProps, MAX_UNWINDOWED_ROWS, toggled } from './table-model';

export function Cards<T>(props: ListProps<T>) {
  return props.rows.length > MAX_UNWINDOWED_ROWS ? <LongCards {...props} /> : <ShortCards {...props} />;
}

function ShortCards<T>(props: ListProps<T>) {
  const { onEnd } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after more rows the end is reached again
  useEffect(() => onEnd?.(), [onEnd, props.rows.length]);
  return (
    <ul className={styles.cards} aria-label={props.label}>
      {props.rows.map((row) => (
        <li key={props.keyOf(row)} data-key={props.keyOf(row)} className={styles.short}>
          <Card {...props} row={row} />
        </li>
      ))}
    </ul>
  );
}

function LongCards<T>(props: ListProps<T>) {
  const { rows, onEnd } = props;
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 190,
    overscan: 6,
    scrollMargin: top,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 20) onEnd?.();
  }, [last, rows.length, onEnd]);
  return (
    <ul ref={list} className={styles.long} aria-label={props.label} style={{ height: virtualizer.getTotalSize() }}>
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        return (
          <li
            key={props.keyOf(row)}
            ref={virtualizer.measureElement}
            data-index={item.index}
            data-key={props.keyOf(row)}
            aria-posinset={item.index + 1}
            aria-setsize={props.total ?? rows.length}
            className={styles.placed}
            style={{ transform: `translateY(${item.start - top}px)` }}
          >
            <Card {...props} row={row} />
          </li>
        );
      })}
    </ul>
  );
}

function Card<T>({ row, columns, keyOf, selection, actions }: ListProps<T> & { row: T }) {
  const key = keyOf(row);
  const title = columns.find((column) => column.isTitle);
  return (
    <article className={styles.card}>
      <div className={styles.head}>
        {selection && (
          <input
            type="checkbox"
            aria-label={labels.table.select(selection.labelOf(row))}
            checked={selection.selected.has(key)}
            onChange={() => selection.onChange(toggled(selection.selected, key))}
          />
        )}
        <div className={styles.title}>{title?.cell(row)}</div>
        {actions && <div className={styles.actions}>{actions(row)}</div>}
      </div>
      <dl className={styles.facts}>
        {columns
          .filter((column) => !column.isTitle)
          .map((column) => (
            <div key={column.id}>
              <dt>{column.header}</dt>
              <dd>{column.cell(row)}</dd>
            </div>
          ))}
      </dl>
    </article>
  );
}
