/** Ordering the list, which takes all of its rows. */
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Sort } from '../ui/table-model';

/** Ordering by a column stands in the address, and is there when all rows are. */
export function useSorting(hasMore: boolean): { sort: Sort | null; onSort?: (sort: Sort) => void } {
  const [params, setParams] = useSearchParams();
  const sortParam = params.get('sort');
  const sort = useMemo(
    () => (sortParam ? { column: sortParam.replace(/^-/, ''), descending: sortParam.startsWith('-') } : null),
    [sortParam],
  );
  if (hasMore) return { sort: null };
  return {
    sort,
    onSort: (next) => {
      const changed = new URLSearchParams(params);
      changed.set('sort', `${next.descending ? '-' : ''}${next.column}`);
      setParams(changed, { replace: true });
    },
  };
}

/** Loads page after page until there is none left. */
export function useLoadAll(
  hasMore: boolean,
  loadMore: () => Promise<unknown>,
): { isLoading: boolean; start: () => void } {
  const [isLoading, setLoading] = useState(false);
  useEffect(() => {
    if (!isLoading) return;
    if (hasMore) void loadMore();
    else setLoading(false);
  });
  return { isLoading, start: () => setLoading(true) };
}
