/** What the bonus tracker asks of the API: accounts under way from the book, earned bonuses from their own record. */
import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { components } from '../api/schema';
import type { Account, AccountType, BonusStatus } from '../api/types';
import { type BulkOperation, readOutcomes } from '../bulk-operations/queries';
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
  /** Of a bonus that was paid: as what. */
  payment_reference: string | null;
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
    payment_reference: null,
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

const EARNED: QueryKey = ['bonuses', 'earned'];

/** The bonuses earned in the last twelve months, with what each month brought. */
export function useEarned() {
  return useQuery({
    queryKey: EARNED,
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

/** What these bonuses come to, by currency. */
export function sumOf(rows: Tracked[]): Money[] {
  const totals = new Map<string, number>();
  for (const { money } of rows) if (money) totals.set(money.currency, (totals.get(money.currency) ?? 0) + money.amount);
  return [...totals].sort(([a], [b]) => a.localeCompare(b)).map(([currency, amount]) => ({ amount, currency }));
}

/** Puts what an operation did into the list as it is shown: a ledger of thousands need not be read again. */
export function useApplyPayments(): (operation: BulkOperation) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    async ({ bulk_operation_id, operation, arguments: given, changed }: BulkOperation) => {
      if (!bulk_operation_id || changed === 0) return;
      const outcomes = await readOutcomes(bulk_operation_id, 'changed');
      const ids = new Set(outcomes.map((outcome) => outcome.account_id));
      const paid = operation === 'pay_bonuses';
      const now = {
        status: paid ? ('paid' as const) : ('earned' as const),
        payment_reference: paid ? given.reference : null,
      };
      client.setQueryData<Earned>(
        EARNED,
        (shown) =>
          shown && { ...shown, items: shown.items.map((row) => (ids.has(row.account_id) ? { ...row, ...now } : row)) },
      );
    },
    [client],
  );
}
