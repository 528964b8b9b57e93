/** The bar of filters above a list, and the chips that say which ones are set. */
import type { ReactNode } from 'react';
import { Button } from './button';
import styles from './filters.module.css';
import { Icon } from './icon';
import { labels } from './labels';

export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search className={styles.bar} aria-label={label}>
      {children}
    </search>
  );
}

export interface Chip {
  id: string;
  label: string;
}

export function Chips({
  chips,
  onRemove,
  onClear,
}: {
  chips: Chip[];
  onRemove: (id: string) => void;
  onClear: () => void;
}) {
  if (chips.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className={styles.chips} role="group" aria-label={labels.filters.set}>
      {chips.map((chip) => (
        <button
          key={chip.id}
          type="button"
          className={styles.chip}
          onClick={() => onRemove(chip.id)}
          aria-label={labels.filters.remove(chip.label)}
        >
          {chip.label}
          <Icon name="close" size={12} />
        </button>
      ))}
      <Button look="quiet" small onPress={onClear}>
        {labels.filters.clear}
      </Button>
    </div>
  );
}
