/** Decisions about what a long page shows: they stay in sight at the foot of the window. */
import type { ReactNode } from 'react';
import styles from './decision-bar.module.css';

interface DecisionBarProps {
  label: string;
  /** Where one is, such as the place in a queue. */
  beside?: ReactNode;
  children: ReactNode;
}

export function DecisionBar({ label, beside, children }: DecisionBarProps) {
  return (
    <section className={styles.bar} aria-label={label}>
      {beside && <div className={styles.beside}>{beside}</div>}
      <div className={styles.decisions}>{children}</div>
    </section>
  );
}
