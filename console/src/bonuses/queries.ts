/** What the bonus tracker asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { later, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { AccountType, BonusStatus, Money, Page } from '../api/types';
import { useChange } from '../app/query';

export interface TrackedAccount {
  account_id: string;
  username: string;
  organization: string;
  account_type?: AccountType | null;
  initial_upgrade_on: string | null;
  days: number | null;
  days_left: number | null;
  status: BonusStatus;
  reason?: string | null;
  earned_on: string | null;
  amount?: Money | null;
  paid_on?: string | null;
}

export interface Month {
  month: string;
  earned: number;
  amount: Money;
  paid: Money;
}

interface BonusPage extends Page<TrackedAccount> {
  months?: Month[];
}

export interface Bonuses {
  items: TrackedAccount[];
  months: Month[];
}

export function useBonuses(status: BonusStatus | undefined) {
  return useQuery({
    queryKey: ['bonuses', status ?? 'all'],
    queryFn: async (): Promise<Bonuses> => {
      let months: Month[] = [];
      const items = await allPages(async (page) => {
        const query = { ...page, ...(status ? { nab_status: status } : {}) };
        const answer = await (unwrap(later().GET('/bonuses', { params: { query } })) as Promise<BonusPage>);
        months = answer.months ?? months;
        return answer;
      });
      return { items, months };
    },
  });
}

export interface Payment {
  account_ids: string[];
  paid_on: string;
  reference: string;
}

export function useRecordPayments(onSuccess: () => void) {
  return useChange<unknown, Payment>(
    (body, key) => unwrap<unknown>(later().POST('/bonuses/payments', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: [['bonuses'], ['accounts']], onSuccess },
  );
}
