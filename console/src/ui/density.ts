/** How close the rows of a table stand: comfortable, or compact for many on one page. */
import { useSyncExternalStore } from 'react';

export type Density = 'comfortable' | 'compact';

/** What a row is high before it has been measured. */
export const ROW_HEIGHTS: Record<Density, number> = { comfortable: 53, compact: 33 };

const listeners = new Set<() => void>();

function density(): Density {
  return document.documentElement.dataset.density === 'compact' ? 'compact' : 'comfortable';
}

export function setDensity(next: Density): void {
  if (next === 'compact') document.documentElement.dataset.density = next;
  else delete document.documentElement.dataset.density;
  for (const listener of listeners) listener();
}

export function useDensity(): Density {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, density);
}
