/** Bonuses counted by the month they were earned in: those to be paid and those that have been. */
import type { Earned, Month } from './queries';

export interface MonthCount extends Pick<Month, 'month' | 'amount' | 'currency'> {
  earned: number;
  paid: number;
}

/** The oldest month first. What is not paid yet is the rest, so that a month's figures always add up to its total. */
export function countsByMonth({ items, months }: Pick<Earned, 'items' | 'months'>): MonthCount[] {
  const paid = new Map<string, number>();
  for (const { status, earned_on: day, money } of items)
    if (status === 'paid' && day && money) {
      const key = `${day.slice(0, 7)} ${money.currency}`;
      paid.set(key, (paid.get(key) ?? 0) + 1);
    }
  return months
    .map(({ month, bonuses, amount, currency }) => {
      const done = paid.get(`${month} ${currency}`) ?? 0;
      return { month, amount, currency, earned: bonuses - done, paid: done };
    })
    .sort((a, b) => a.month.localeCompare(b.month));
}
