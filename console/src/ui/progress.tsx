/** How far something is: a run, an import, an account's 95 days. */
import { Label, ProgressBar } from 'react-aria-components';
import styles from './progress.module.css';

interface ProgressProps {
  label: string;
  value: number;
  max?: number;
  valueText?: string;
  tone?: 'accent' | 'good' | 'bad' | 'quiet';
  hideLabel?: boolean;
  isIndeterminate?: boolean;
}

export function Progress({
  label,
  value,
  max = 100,
  valueText,
  tone = 'accent',
  hideLabel,
  isIndeterminate,
}: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <ProgressBar
      value={value}
      maxValue={max}
      isIndeterminate={isIndeterminate ?? false}
      className={styles.progress}
      {...(valueText ? { valueLabel: valueText } : {})}
    >
      {({ valueText: shown }) => (
        <>
          <Label className={hideLabel ? 'visually-hidden' : styles.label}>{label}</Label>
          <svg
            className={`${styles.bar} ${styles[tone]}`}
            viewBox="0 0 100 8"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect className={styles.track} width="100" height="8" />
            <rect
              className={isIndeterminate ? styles.moving : styles.fill}
              width={isIndeterminate ? 30 : share * 100}
              height="8"
            />
          </svg>
          <span className={styles.value}>{valueText ?? shown}</span>
        </>
      )}
    </ProgressBar>
  );
}
