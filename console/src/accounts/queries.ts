/** What the accounts’ pages read of the API: the list, and one account. */
import { keepPreviousData, type QueryKey, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AccountFilters, toQuery } from '../account-filters/filters';
import { api, unwrap } from '../api/client';
import { countedBySummary } from './account-count';
import type { ServerOrder } from './ordering';
import { firstPage, nextPage, type PageStart } from './status-ordered-pages';

/** The accounts that match, page by page: a search and an order by the server's, else open accounts first. */
export function useAccounts(filters: AccountFilters, order?: ServerOrder) {
  const query = toQuery(filters);
  const only = query.q || order ? undefined : query.status;
  const isOneList = Boolean(query.q || order || query.status);
  return useInfiniteQuery({
    queryKey: ['accounts', 'list', filters, order ?? null],
    initialPageParam: firstPage(isOneList ? undefined : 'O'),
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }) => {
      const { status, ...place } = pageParam;
      const asked = { ...query, ...place, ...(status ? { status } : {}), ...(order ? { sort: order } : {}) };
      const page = await unwrap(api().GET('/accounts', { params: { query: asked }, signal }));
      return { items: page.items, settled_on: page.settled_on, start: nextPage(pageParam, page.next, only) };
    },
    getNextPageParam: (page): PageStart | undefined => page.start,
  });
}

/** How many accounts the filters hold, where the summary's counts do not tell it; `exact` or at least so many. */
export function useFilteredCount(filters: AccountFilters) {
  return useQuery({
    queryKey: ['accounts', 'count', filters],
    enabled: !countedBySummary(filters),
    queryFn: ({ signal }) => unwrap(api().GET('/account-count', { params: { query: toQuery(filters) }, signal })),
  });
}

export const accountKey = (accountId: string): QueryKey => ['accounts', 'one', accountId];

export function useAccount(accountId: string) {
  return useQuery({
    queryKey: accountKey(accountId),
    queryFn: () => unwrap(api().GET('/accounts/{account_id}', { params: { path: { account_id: accountId } } })),
  });
}
