/** Our own small charts in SVG; the same figures always stand in a table or a list beside them. */
import styles from './charts.module.css';

export type ChartTone = 'open' | 'trial' | 'expired' | 'canceled' | 'neutral';

export interface Bar {
  label: string;
  parts: { tone: ChartTone; value: number }[];
}

const BAR_GAP = 0.28;

/** Columns side by side, each stacked from its parts. The words are in the table beside it. */
export function StackedColumns({ bars, height = 120 }: { bars: Bar[]; height?: number }) {
  const max = Math.max(1, ...bars.map(totalOf));
  return (
    <svg
      className={styles.columns}
      viewBox={`0 0 ${Math.max(1, bars.length)} 100`}
      preserveAspectRatio="none"
      height={height}
      aria-hidden="true"
    >
      <line className={styles.base} x1="0" x2={bars.length} y1="100" y2="100" vectorEffect="non-scaling-stroke" />
      {bars.map((bar, index) =>
        stacked(bar, max).map(({ tone, from, size }) => (
          <rect
            key={`${bar.label}-${tone}`}
            className={styles[tone]}
            x={index + BAR_GAP / 2}
            width={1 - BAR_GAP}
            y={100 - from - size}
            height={size}
          />
        )),
      )}
    </svg>
  );
}

function totalOf(bar: Bar): number {
  return bar.parts.reduce((sum, part) => sum + part.value, 0);
}

function stacked(bar: Bar, max: number): { tone: ChartTone; from: number; size: number }[] {
  let from = 0;
  return bar.parts.map((part) => {
    const size = (part.value / max) * 100;
    const placed = { tone: part.tone, from, size };
    from += size;
    return placed;
  });
}

/** One horizontal bar, from 0 to the largest of its family. */
export function Strip({ value, max, tone }: { value: number; max: number; tone: ChartTone }) {
  return (
    <svg className={styles.strip} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.track} width="100" height="8" />
      <rect className={styles[tone]} width={max > 0 ? (value / max) * 100 : 0} height="8" />
    </svg>
  );
}

/** One bar cut into shares. */
export function Shares({ parts }: { parts: { tone: ChartTone; value: number }[] }) {
  const total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  let at = 0;
  return (
    <svg className={styles.shares} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      {parts.map((part) => {
        const width = (part.value / total) * 100;
        const x = at;
        at += width;
        return <rect key={part.tone} className={styles[part.tone]} x={x} width={width} height="8" />;
      })}
    </svg>
  );
}

export function Swatch({ tone }: { tone: ChartTone }) {
  return (
    <svg className={styles.swatch} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <rect className={styles[tone]} width="10" height="10" rx="2" />
    </svg>
  );
}
