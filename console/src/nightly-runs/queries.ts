/** What the page of nightly runs asks of the API. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { addDays } from '../text/format';

const PAGE_SIZE = 7;

/** Nightly runs, the latest first; a page goes on at the day before the last one's earliest night. */
export function useNightlyRuns() {
  return useInfiniteQuery({
    queryKey: ['nightly-runs'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: until, signal }) => {
      const query = { limit: PAGE_SIZE, ...(until ? { until } : {}) };
      return unwrap(api().GET('/nightly-runs', { params: { query }, signal }));
    },
    getNextPageParam: ({ items }) => {
      const earliest = items.at(-1);
      return earliest && addDays(earliest.date, -1);
    },
  });
}
