/** Ordering the list: by the server where it has the order, and in the browser where every row is there. */
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { AccountFilters } from '../account-filters/filters';
import type { operations } from '../api/schema';
import type { Sort } from '../ui/table-model';

export type ServerOrder = NonNullable<NonNullable<operations['list_accounts']['parameters']['query']>['sort']>;

/** The columns that the server orders by, and what it calls their order. */
const SERVER_ORDERS: Record<string, string> = {
  organization: 'organization',
  created_on: 'created_on',
  list_size: 'list_size',
  last_login_on: 'last_login_on',
  trial_ends_on: 'trial_ends_on',
  initial_upgrade_on: 'initial_upgrade_on',
  bonus: 'days_to_bonus',
};

export const isServerOrdered = (column: string): boolean => column in SERVER_ORDERS;

/** The order in the address. */
export function readSort(params: URLSearchParams): Sort | null {
  const sortParam = params.get('sort');
  return sortParam ? { column: sortParam.replace(/^-/, ''), descending: sortParam.startsWith('-') } : null;
}

/** What to ask the server for; a search has an order of its own. */
export function serverOrder(sort: Sort | null, filters: AccountFilters): ServerOrder | undefined {
  const name = sort && !filters.q ? SERVER_ORDERS[sort.column] : undefined;
  return name ? (`${sort?.descending ? '-' : ''}${name}` as ServerOrder) : undefined;
}

export interface Sorting {
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}

/** Ordering by a column stands in the address. */
export function useSorting(): Sorting {
  const [params, setParams] = useSearchParams();
  const sort = useMemo(() => readSort(params), [params]);
  return {
    sort,
    onSort: (next) => {
      const changed = new URLSearchParams(params);
      changed.set('sort', `${next.descending ? '-' : ''}${next.column}`);
      setParams(changed, { replace: true });
    },
  };
}
