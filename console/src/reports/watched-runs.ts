/** Runs that were asked for here and are not ready yet: whoever leaves their page is told when they are. */
import { useSyncExternalStore } from 'react';

let watched: readonly string[] = [];
const listeners = new Set<() => void>();

function replace(next: readonly string[]): void {
  watched = next;
  for (const listener of listeners) listener();
}

export function watchRun(runId: string): void {
  if (!watched.includes(runId)) replace([...watched, runId]);
}

export function forgetRun(runId: string): void {
  replace(watched.filter((id) => id !== runId));
}

/** What one person asked for is not for the next. */
export function forgetRuns(): void {
  replace([]);
}

export function useWatchedRuns(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => watched,
  );
}
