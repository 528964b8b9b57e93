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
  tell: (results: Result[]) => void,
  isStopped: () => boolean,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && !isStopped()) {
      const item = items[next++] as T;
      results.push(await change(item));
      tell([...results]);
    }
  };
  tell([]);
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return results;
}

export function tally(results: Result[]): Record<Result['outcome'], number> {
  const counts = { changed: 0, unchanged: 0, failed: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}
