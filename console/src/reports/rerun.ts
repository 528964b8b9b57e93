/** Where a run is asked for again, with everything it was asked with. */
import {
  type AccountFilters,
  type AccountQuery,
  accountsHref,
  statusGroupOf,
  writeFilters,
} from '../account-filters/filters';
import type { ReportRun } from './queries';

type RunRequest = Pick<ReportRun, 'report' | 'account_status' | 'filters' | 'formats'>;

/** Filters as the list knows them, without the ones that say nothing: null and false do not narrow. */
export function listFilters(filters: RunRequest['filters']): AccountFilters {
  const { status, billing_mode: billing, ...rest } = filters as AccountQuery;
  const statusGroup = statusGroupOf(status, billing);
  const entries = Object.entries(rest).filter(([, value]) => value !== null && value !== false);
  return { ...(statusGroup ? { status_group: statusGroup } : {}), ...Object.fromEntries(entries) };
}

/** A portfolio is exported from the list it shows; every other report has its overlay. */
export function rerunHref({ report, account_status: status, filters, formats }: RunRequest): string {
  if (report === 'portfolio') return withQuery(accountsHref(listFilters(filters)), 'open=export');
  const params = new URLSearchParams({ generate: report, formats: formats.join(','), ...(status ? { status } : {}) });
  return `/reports?${writeFilters(params, listFilters(filters))}`;
}

function withQuery(href: string, query: string): string {
  return `${href}${href.includes('?') ? '&' : '?'}${query}`;
}
