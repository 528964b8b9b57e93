/** Whether the page is narrow: then lists are cards. */
import { useSyncExternalStore } from 'react';

const narrow = typeof window === 'undefined' ? null : window.matchMedia('(max-width: 639.98px)');

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow?.addEventListener('change', listener);
      return () => narrow?.removeEventListener('change', listener);
    },
    () => narrow?.matches ?? false,
  );
}
