/** How many accounts a filter holds in all, where the summary's counts tell it. */
import { useSummary } from '../dashboard/queries';
import { STANDINGS, type AccountFilters } from './filters';

const TOLD_BY_SUMMARY = new Set(['standing', 'account_type']);

export function useTotal(filters: AccountFilters, known: number | undefined): number | undefined {
  const summary = useSummary();
  if (known !== undefined) return known;
  const standing = filters.standing ? STANDINGS[filters.standing] : undefined;
  const isTold = Object.keys(filters).every((name) => TOLD_BY_SUMMARY.has(name)) && !(standing && 'billing_mode' in standing);
  return isTold ? summary.data?.count(standing?.status, filters.account_type) : undefined;
}
