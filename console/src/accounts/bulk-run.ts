/** Runs one change for each of many, a few at a time, telling each result as it comes. */
export interface Result {
  key: string;
  name: string;
  outcome: 'changed' | 'unchanged' | 'failed';
  detail?: string;
}

const AT_ONCE = 4;

export async function runEach<T>(
  items: T[],
  change: (item: T) => Promise<Result>,
  tell: (result: Result) => void,
  isStopped: () => boolean,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && !isStopped()) {
      const item = items[next++] as T;
      tell(await change(item));
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
}

/** The results with this one in its place: who is tried again is listed once. */
export function withResult(results: Result[], result: Result): Result[] {
  return [...results.filter((each) => each.key !== result.key), result];
}

export function tally(results: Result[]): Record<Result['outcome'], number> {
  const counts = { changed: 0, unchanged: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}
