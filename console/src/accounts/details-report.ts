/** What the list shows, as a Managed Account Details report. */

import {
  type AccountFilters,
  type AccountQuery,
  FILTER_NAMES,
  type FilterName,
  STATUS_GROUPS,
} from '../account-filters/filters';
import type { StatusCode } from '../api/types';

/** Filters that the Managed Account Details report takes beside its status. */
const DETAILS_FILTERS = [
  'list_size_min',
  'list_size_max',
  'never_logged_in',
  'never_sent_campaign',
  'plan',
  'add_on',
  'first_payment_from',
  'first_payment_to',
] as const satisfies FilterName[];

/** The details report's status and filters for what the list shows, and the filters it has to leave out. */
export function toDetailsReport(filters: AccountFilters): {
  status?: StatusCode;
  filters: AccountQuery;
  unsupported: FilterName[];
} {
  const kept: Record<string, unknown> = {};
  for (const name of DETAILS_FILTERS) if (filters[name] !== undefined) kept[name] = filters[name];
  const statusGroup = filters.status_group ? STATUS_GROUPS[filters.status_group] : undefined;
  const supported = new Set<string>([...DETAILS_FILTERS, 'account_type']);
  const unsupported = FILTER_NAMES.filter(
    (name) => filters[name] !== undefined && !supported.has(name) && name !== 'status_group',
  );
  if (statusGroup && 'billing_mode' in statusGroup) unsupported.unshift('status_group');
  return { ...(statusGroup ? { status: statusGroup.status } : {}), filters: kept, unsupported };
}
