/** What the accounts’ pages read of the API: the list, and one account. */
import { keepPreviousData, useInfiniteQuery, useQuery, type QueryKey } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { toQuery, type AccountFilters } from './filters';
import { readOn, startOf } from './reading';

export function useAccounts(filters: AccountFilters) {
  const query = toQuery(filters);
  return useInfiniteQuery({
    queryKey: ['accounts', 'list', filters],
    initialPageParam: startOf(query.status),
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      readOn(pageParam, query.status, (place, limit) => {
        const { status, cursor } = place;
        const params = { query: { ...query, status, limit, ...(cursor ? { cursor } : {}) } };
        return unwrap(api().GET('/accounts', { params, signal }));
      }),
    getNextPageParam: (page) => page.place,
  });
}

export const accountKey = (accountId: string): QueryKey => ['accounts', 'one', accountId];

export function useAccount(accountId: string) {
  return useQuery({
    queryKey: accountKey(accountId),
    queryFn: () => unwrap(api().GET('/accounts/{account_id}', { params: { path: { account_id: accountId } } })),
  });
}
