/** What the page of cancels and move-outs asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { AccountType, Page, Plan } from '../api/types';

export interface Departure {
  account_id: string;
  username: string;
  organization: string;
  account_type: AccountType;
  event: 'cancellation' | 'move_out';
  effective_on: string;
  days_ago: number;
  reason: string | null;
  plan: Plan;
  days_as_client: number;
}

export function useDepartures() {
  return useQuery({
    queryKey: ['departures'],
    queryFn: () => allPages((query) => unwrap<Page<Departure>>(api().GET('/departures', { params: { query } }))),
  });
}
