/** How many accounts a filter holds in all: by the summary's counts where these tell it, else as the API counts them. */

import { type AccountFilters, STATUS_GROUPS } from '../account-filters/filters';

const COUNTED_BY_SUMMARY = new Set(['status_group', 'account_type']);

export interface AccountCount {
  count: number;
  /** Whether there may be more. */
  exact: boolean;
}

export function countedBySummary(filters: AccountFilters): boolean {
  const statusGroup = filters.status_group ? STATUS_GROUPS[filters.status_group] : undefined;
  return (
    Object.keys(filters).every((name) => COUNTED_BY_SUMMARY.has(name)) &&
    !(statusGroup && 'billing_mode' in statusGroup)
  );
}
