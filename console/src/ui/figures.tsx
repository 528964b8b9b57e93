/** The figures of a chart as a table in a frame, which says so where there is more of it below. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './figures.module.css';
import { labels } from './labels';

interface FiguresProps {
  label: string;
  head: string[];
  rows: { id: string; cells: ReactNode[] }[];
  className?: string | undefined;
}

export function Figures({ label, head, rows }: FiguresProps) {
  const frame = useRef<HTMLElement>(null);
  const hasMore = useHasMore(frame);
  return (
    <div className={styles.figures} data-more={hasMore || undefined}>
      <section ref={frame} className={styles.scroll} tabIndex={0} aria-label={labels.table.figures(label)}>
        <table className={styles.table}>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells: [first, ...others] }) => (
              <tr key={id}>
                <th scope="row">{first}</th>
                {others.map((cell, index) => (
                  <td key={head[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.hint}>{hasMore ? labels.table.scroll : ''}</p>
    </div>
  );
}

/** Whether something is below what can be seen of it. */
function useHasMore(frame: React.RefObject<HTMLElement | null>): boolean {
  const [hasMore, setHasMore] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => setHasMore(element.scrollTop + element.clientHeight < element.scrollHeight - 2);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [frame]);
  return hasMore;
}
