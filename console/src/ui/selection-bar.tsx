/** How many rows are selected, and what can be done with them; it stays in sight below a long list. */
import type { ReactNode } from 'react';
import { Button } from './button';
import styles from './selection-bar.module.css';

interface SelectionBarProps {
  /** How many are selected, in words. */
  label: string;
  /** More about them, beside that. */
  detail?: string;
  clear: string;
  onClear: () => void;
  /** The buttons of what can be done. */
  children: ReactNode;
}

export function SelectionBar({ label, detail, clear, onClear, children }: SelectionBarProps) {
  return (
    <section className={styles.bar} aria-label={label}>
      <p>{detail ? `${label} · ${detail}` : label}</p>
      {children}
      <Button look="quiet" onPress={onClear}>
        {clear}
      </Button>
    </section>
  );
}
