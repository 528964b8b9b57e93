/** What the bonus tracker asks of the API: accounts under way from the book, earned bonuses from their own record. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import type { Account, AccountType, BonusStatus } from '../api/types';
import type { Money } from '../text/money';

type Schemas = components['schemas'];
export type Month = Schemas['MonthTotal'];

/** One line of the tracker. */
export interface Tracked {
  account_id: string;
  username: string;
  organization: string;
  account_type: AccountType | null;
  initial_upgrade_on: string | null;
  days: number | null;
  days_left: number | null;
  status: BonusStatus;
  earned_on: string | null;
  money: Money | null;
}

export const isRecorded = (status: BonusStatus): boolean => status === 'earned' || status === 'paid';

function fromAccount({ bonus, ...account }: Account): Tracked {
  const { account_id, username, organization, account_type, initial_upgrade_on } = account;
  const { status, days, days_left, earned_on } = bonus;
  return {
    account_id,
    username,
    organization,
    account_type,
    initial_upgrade_on,
    days,
    days_left,
    status,
    earned_on,
    money: null,
  };
}

function fromRecord({ amount, currency, ...bonus }: Schemas['BonusEntry']): Tracked {
  return { ...bonus, account_type: null, days: null, days_left: null, money: { amount, currency } };
}

/** Accounts whose bonus is in this state, the nearest to its 95th day first; only open ones can be on their way. */
export function useTracked(status: BonusStatus) {
  return useQuery({
    queryKey: ['bonuses', 'tracked', status],
    enabled: !isRecorded(status),
    queryFn: async ({ signal }) => {
      const filters = { nab_status: status, ...(status === 'tracking' ? { status: 'O' as const } : {}) };
      const accounts = await allPages((page) =>
        unwrap(api().GET('/accounts', { params: { query: { ...page, ...filters } }, signal })),
      );
      return accounts.map(fromAccount).sort((a, b) => (a.days_left ?? 0) - (b.days_left ?? 0));
    },
  });
}

export interface Earned {
  items: Tracked[];
  months: Month[];
}

/** The bonuses earned in the last twelve months, with what each month brought. */
export function useEarned() {
  return useQuery({
    queryKey: ['bonuses', 'earned'],
    queryFn: async ({ signal }): Promise<Earned> => {
      let months: Month[] = [];
      const items = await allPages(async (query) => {
        const page = await unwrap(api().GET('/bonuses', { params: { query }, signal }));
        months = page.months ?? months;
        return page;
      });
      return { items: items.map(fromRecord), months };
    },
  });
}

/** Has the server mark bonuses as paid. */
export function useRecordPayments(onSuccess: () => void) {
  return useChange<void, { accountIds: string[]; reference: string }>(
    async ({ accountIds, reference }, key) => {
      const body = { operation: 'pay_bonuses' as const, arguments: { reference }, accounts: accountIds };
      await unwrap(api().POST('/bulk-operations', { params: { header: { 'Idempotency-Key': key } }, body }));
    },
    { stale: [['bonuses'], ['accounts'], ['audit']], onSuccess },
  );
}
