/** How many accounts a filter holds in all, where the summary's counts tell it. */

import { type AccountFilters, STATUS_GROUPS } from '../account-filters/filters';
import { useSummary } from './summary-queries';

const COUNTED_BY_SUMMARY = new Set(['status_group', 'account_type']);

export function useAccountCount(filters: AccountFilters, loaded: number | undefined): number | undefined {
  const summary = useSummary();
  if (loaded !== undefined) return loaded;
  const statusGroup = filters.status_group ? STATUS_GROUPS[filters.status_group] : undefined;
  const isCounted =
    Object.keys(filters).every((name) => COUNTED_BY_SUMMARY.has(name)) &&
    !(statusGroup && 'billing_mode' in statusGroup);
  return isCounted ? summary.data?.count(statusGroup?.status, filters.account_type) : undefined;
}
