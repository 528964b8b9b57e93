/** How many accounts the list holds, as soon as anything tells it. */

import { type AccountFilters, STATUS_GROUPS } from '../account-filters/filters';
import { type AccountCount, countedBySummary } from './account-count';
import { useFilteredCount } from './queries';
import { useSummary } from './summary-queries';

/** `loaded` is how many there are where all of them are; nothing is said of a list that is still asked for. */
export function useAccountCount(filters: AccountFilters, loaded: number | undefined): AccountCount | undefined {
  const summary = useSummary();
  const filtered = useFilteredCount(filters);
  if (loaded !== undefined) return { count: loaded, exact: true };
  if (!countedBySummary(filters)) return filtered.data;
  const statusGroup = filters.status_group ? STATUS_GROUPS[filters.status_group] : undefined;
  const count = summary.data?.count(statusGroup?.status, filters.account_type);
  return count === undefined ? undefined : { count, exact: true };
}
