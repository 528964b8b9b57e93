/** What the accounts’ pages read of the API: the list, and one account. */
import { keepPreviousData, type QueryKey, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AccountFilters, toQuery } from '../account-filters/filters';
import { api, unwrap } from '../api/client';
import { firstPage, readPage } from './status-ordered-pages';

export function useAccounts(filters: AccountFilters) {
  const query = toQuery(filters);
  return useInfiniteQuery({
    queryKey: ['accounts', 'list', filters],
    initialPageParam: firstPage(query.status),
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      readPage(pageParam, query.status, (place, limit) => {
        const { status, cursor } = place;
        const params = { query: { ...query, status, limit, ...(cursor ? { cursor } : {}) } };
        return unwrap(api().GET('/accounts', { params, signal }));
      }),
    getNextPageParam: (page) => page.start,
  });
}

export const accountKey = (accountId: string): QueryKey => ['accounts', 'one', accountId];

export function useAccount(accountId: string) {
  return useQuery({
    queryKey: accountKey(accountId),
    queryFn: () => unwrap(api().GET('/accounts/{account_id}', { params: { path: { account_id: accountId } } })),
  });
}
