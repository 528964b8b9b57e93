/** The bar of filters above a list, and the chips that say which ones are set. */
import type { ReactNode } from 'react';
import { text } from '../text/en';
import { Button } from './button';
import { Icon } from './icon';
import styles from './filters.module.css';

export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.bar} role="search" aria-label={label}>
      {children}
    </div>
  );
}

export interface Chip {
  id: string;
  label: string;
}

export function Chips({ chips, onRemove, onClear }: { chips: Chip[]; onRemove: (id: string) => void; onClear: () => void }) {
  if (chips.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label={text.filters.set}>
      {chips.map((chip) => (
        <button key={chip.id} type="button" className={styles.chip} onClick={() => onRemove(chip.id)} aria-label={text.filters.remove(chip.label)}>
          {chip.label}
          <Icon name="close" size={12} />
        </button>
      ))}
      <Button look="quiet" small onPress={onClear}>
        {text.filters.clear}
      </Button>
    </div>
  );
}
