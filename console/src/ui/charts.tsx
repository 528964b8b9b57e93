/** Our own small charts in SVG; the same figures always stand in a table or a list beside them. */
import { Focusable } from 'react-aria-components';
import { Link } from 'react-router';
import styles from './charts.module.css';
import { WithTooltip } from './tooltip';

export type ChartTone = 'open' | 'trial' | 'expired' | 'canceled' | 'neutral';

/** One horizontal bar, from 0 to the largest of its family. */
export function Strip({ value, max, tone }: { value: number; max: number; tone: ChartTone }) {
  return (
    <svg className={styles.strip} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.track} width="100" height="8" />
      <rect className={styles[tone]} width={max > 0 ? (value / max) * 100 : 0} height="8" />
    </svg>
  );
}

/** A strip that leads to what it counts and says it on hover; the figure beside it does so for the keyboard. */
export function StripLink({
  href,
  tip,
  ...strip
}: {
  value: number;
  max: number;
  tone: ChartTone;
  href: string;
  tip: string;
}) {
  return (
    <WithTooltip tip={tip}>
      <Focusable excludeFromTabOrder>
        <Link className={styles.link} to={href} tabIndex={-1} aria-hidden="true">
          <Strip {...strip} />
        </Link>
      </Focusable>
    </WithTooltip>
  );
}

export interface Share {
  tone: ChartTone;
  value: number;
  href: string;
  tip: string;
}

/** One bar cut into shares, each of which leads to what it counts; the figures beside it do so for the keyboard. */
export function Shares({ parts }: { parts: Share[] }) {
  const total = parts.reduce((sum, part) => sum + part.value, 0) || 1;
  return (
    <div className={styles.shares} aria-hidden="true">
      {parts.map(({ tone, value, href, tip }) => (
        <WithTooltip key={tone} tip={tip}>
          <Focusable excludeFromTabOrder>
            <Link
              className={`${styles.share} ${styles[tone]}`}
              style={{ width: `${(value / total) * 100}%` }}
              to={href}
              tabIndex={-1}
              aria-hidden="true"
            />
          </Focusable>
        </WithTooltip>
      ))}
    </div>
  );
}

export function Swatch({ tone }: { tone: ChartTone }) {
  return (
    <svg className={styles.swatch} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <rect className={styles[tone]} width="10" height="10" rx="2" />
    </svg>
  );
}
