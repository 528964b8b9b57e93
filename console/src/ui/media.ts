/** What the page is shown on: a narrow one has cards for lists, paper has every row. */
import { useSyncExternalStore } from 'react';

const narrow = media('(max-width: 639.98px)');
const wide = media('(min-width: 1360px)');
const paper = media('print');

export function useNarrow(): boolean {
  return useMedia(narrow);
}

/** Whether a panel has room beside a list. */
export function useWide(): boolean {
  return useMedia(wide);
}

export function usePaper(): boolean {
  return useMedia(paper);
}

function media(query: string): MediaQueryList | null {
  return typeof window === 'undefined' ? null : window.matchMedia(query);
}

function useMedia(query: MediaQueryList | null): boolean {
  return useSyncExternalStore(
    (listener) => {
      query?.addEventListener('change', listener);
      return () => query?.removeEventListener('change', listener);
    },
    () => query?.matches ?? false,
  );
}
