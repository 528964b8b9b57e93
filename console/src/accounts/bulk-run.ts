/** Runs one change for each of many, a few at a time, telling each result as it comes. */
export interface Result {
  key: string;
  name: string;
  outcome: 'changed' | 'unchanged' | 'failed';
  detail?: string;
}

const MAX_CONCURRENT = 4;

export async function runConcurrently<T>(
  items: T[],
  change: (item: T) => Promise<Result>,
  onResult: (result: Result) => void,
  isStopped: () => boolean,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && !isStopped()) {
      const item = items[next++] as T;
      onResult(await change(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT, items.length) }, work));
}

/** The results with this one in its place: who is tried again is listed once. */
export function withResult(results: Result[], result: Result): Result[] {
  return [...results.filter((earlier) => earlier.key !== result.key), result];
}

export function countOutcomes(results: Result[]): Record<Result['outcome'], number> {
  const counts = { changed: 0, unchanged: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}
