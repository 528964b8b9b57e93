/** What the dashboard asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { today } from '../api/business-day';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import { addDays } from '../text/format';

export const TRIAL_WINDOW_DAYS = 7;

/** Trials that end within a week, all of them, the soonest first. */
export function useTrialsEnding() {
  return useQuery({
    queryKey: ['accounts', 'list', 'trials-ending', today()],
    queryFn: async ({ signal }) => {
      const endingSoon = { status: 'T' as const, trial_ends_to: addDays(today(), TRIAL_WINDOW_DAYS) };
      const trials = await allPages((page) =>
        unwrap(api().GET('/accounts', { params: { query: { ...page, ...endingSoon } }, signal })),
      );
      return trials.sort((a, b) => String(a.trial_ends_on).localeCompare(String(b.trial_ends_on)));
    },
  });
}
