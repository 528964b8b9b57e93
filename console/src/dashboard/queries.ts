/** What the dashboard asks of the API: figures, and the few rows it shows. */
import { useQuery } from '@tanstack/react-query';
import { today } from '../api/business-day';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import type { Account } from '../api/types';
import { addDays } from '../text/format';

export const TRIAL_WINDOW_DAYS = 7;
const MAX_TRIALS = 8;
const MAX_BONUSES = 6;

type AccountCount = components['schemas']['AccountCountView'];

/** The first accounts of a list, and how many there are. */
export interface Few<F extends keyof Account> {
  rows: Pick<Account, 'account_id' | F>[];
  total: AccountCount;
}

/** Trials that end within a week, the soonest first. */
export function useTrialsEnding() {
  const filters = { status: 'T' as const, trial_ends_to: addDays(today(), TRIAL_WINDOW_DAYS) };
  return useQuery({
    queryKey: ['accounts', 'trials-ending', filters],
    queryFn: async ({ signal }): Promise<Few<'username' | 'organization' | 'trial_ends_on'>> => {
      const fields = 'username,organization,trial_ends_on';
      const list = { ...filters, sort: 'trial_ends_on' as const, limit: MAX_TRIALS, fields };
      const [page, total] = await Promise.all([
        unwrap(api().GET('/accounts', { params: { query: list }, signal })),
        unwrap(api().GET('/account-count', { params: { query: filters }, signal })),
      ]);
      return { rows: page.items, total };
    },
  });
}

/** Bonuses that are about to be earned, the nearest first. */
export function useBonusesSoon() {
  const filters = { status: 'O' as const, nab_status: 'tracking' as const };
  return useQuery({
    queryKey: ['bonuses', 'soon'],
    queryFn: async ({ signal }): Promise<Few<'username' | 'organization' | 'bonus'>> => {
      const fields = 'username,organization,bonus';
      const list = { ...filters, sort: 'days_to_bonus' as const, limit: MAX_BONUSES, fields };
      const [page, total] = await Promise.all([
        unwrap(api().GET('/accounts', { params: { query: list }, signal })),
        unwrap(api().GET('/account-count', { params: { query: filters }, signal })),
      ]);
      return { rows: page.items, total };
    },
  });
}

export type DepartureCounts = components['schemas']['DepartureCountsView'];

/** How many accounts left in the last 90 days, by week and by reason. */
export function useDepartureCounts() {
  return useQuery({
    queryKey: ['departures', 'counts'],
    queryFn: ({ signal }) => unwrap(api().GET('/departure-counts', { signal })),
  });
}
