/** How many accounts there are, by status and type. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import type { AccountType, StatusCode } from '../api/types';

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
    queryFn: async () => withCount(await unwrap(api().GET('/summary'))),
  });
}
