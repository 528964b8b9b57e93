/** What the dashboard asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { components } from '../api/schema';
import type { AccountType, StatusCode } from '../api/types';
import { setToday, today } from '../api/business-day';
import { addDays } from '../text/format';

type SummaryAnswer = components['schemas']['SummaryView'];

export interface Summary extends SummaryAnswer {
  /** How many accounts have this status and type; without one, all. */
  count: (status?: StatusCode, type?: AccountType) => number;
}

export function withCount(answer: SummaryAnswer): Summary {
  return { ...answer, count: (status, type) => (status ? answer.by_status[status] : answer.total)[type ?? 'total'] };
}

export function useSummary() {
  return useQuery({
    queryKey: ['summary'],
    queryFn: async () => {
      const answer = await unwrap(api().GET('/summary'));
      setToday(answer.as_of);
      return withCount(answer);
    },
  });
}

export const WEEK = 7;

/** Trials that end within a week, all of them, the soonest first. */
export function useTrialsEnding() {
  return useQuery({
    queryKey: ['accounts', 'list', 'trials-ending', today()],
    queryFn: async ({ signal }) => {
      const wanted = { status: 'T' as const, trial_ends_to: addDays(today(), WEEK) };
      const trials = await allPages((page) => unwrap(api().GET('/accounts', { params: { query: { ...page, ...wanted } }, signal })));
      return trials.sort((a, b) => String(a.trial_ends_on).localeCompare(String(b.trial_ends_on)));
    },
  });
}
