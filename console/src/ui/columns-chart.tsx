/** Columns side by side before an axis; each says its figures on hover and on focus, and leads to what it counts. */
import { Link as AriaLink } from 'react-aria-components';
import { axisFor } from './axis';
import type { ChartTone } from './charts';
import chart from './charts.module.css';
import styles from './columns-chart.module.css';
import { useNarrow } from './media';
import { WithTooltip } from './tooltip';

export interface Bar {
  id: string;
  /** Beneath the bar; only some are drawn where there are many. */
  label: string;
  /** Everything that it says, as a sentence. */
  tip: string;
  parts: { tone: ChartTone; value: number }[];
  /** Where the rows behind it are; a bar of nothing has none. */
  href?: string;
}

interface ColumnsChartProps {
  label: string;
  bars: Bar[];
  height?: number;
  format: (value: number) => string;
}

const LABELS_SHOWN = 6;

export function ColumnsChart({ label, bars, height = 150, format }: ColumnsChartProps) {
  const { max, ticks } = axisFor(Math.max(0, ...bars.map(totalOf)));
  const every = Math.ceil(bars.length / LABELS_SHOWN);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className={styles.chart} role="group" aria-label={label}>
      <div className={styles.axis} style={{ height }} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ bottom: `${(tick / max) * 100}%` }}>
            {format(tick)}
          </span>
        ))}
      </div>
      <div className={styles.plot}>
        <div className={styles.bars} style={{ height }}>
          {ticks.map((tick) => (
            <span key={tick} className={styles.line} style={{ bottom: `${(tick / max) * 100}%` }} />
          ))}
          {bars.map((bar) => (
            <Column key={bar.id} bar={bar} max={max} />
          ))}
        </div>
        <div className={styles.labels} aria-hidden="true">
          {bars.map((bar, index) => (
            <span key={bar.id}>{(bars.length - 1 - index) % every === 0 && <span>{bar.label}</span>}</span>
          ))}
        </div>
      </div>
    </div>
  );
}

/** On a narrow page a bar is too slim for a finger: there the figures beside it lead on. */
function Column({ bar, max }: { bar: Bar; max: number }) {
  const isNarrow = useNarrow();
  const parts = bar.parts.map(({ tone, value }) => (
    <span key={tone} className={`${styles.part} ${chart[tone]}`} style={{ height: `${(value / max) * 100}%` }} />
  ));
  if (!bar.href || isNarrow)
    return (
      <span className={styles.column} role="img" aria-label={bar.tip}>
        {parts}
      </span>
    );
  return (
    <WithTooltip tip={bar.tip}>
      <AriaLink className={styles.column ?? ''} href={bar.href} aria-label={bar.tip}>
        {parts}
      </AriaLink>
    </WithTooltip>
  );
}

function totalOf(bar: Bar): number {
  return bar.parts.reduce((sum, part) => sum + part.value, 0);
}
