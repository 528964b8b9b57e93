/** Departures counted by reason and by week. */

import { addDays } from '../text/format';
import type { Departure } from './queries';

/** How an address asks for departures without a reason. */
export const NO_REASON = 'none';

export interface ReasonCount {
  reason: string | null;
  count: number;
}

/** Reasons with how often they were given, the commonest first; move-outs have none. */
export function byReason(departures: Departure[]): ReasonCount[] {
  const counts = new Map<string | null, number>();
  for (const { reason } of departures) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

export interface WeekCount {
  from: string;
  to: string;
  cancellations: number;
  moveOuts: number;
}

const WEEKS = 13;

/** Thirteen weeks of seven days up to today, the oldest first: the 90 days and one before. */
export function byWeek(departures: Departure[], today: string): WeekCount[] {
  const weeks = Array.from({ length: WEEKS }, (_, index) => ({
    from: addDays(today, -7 * (WEEKS - index) + 1),
    to: addDays(today, -7 * (WEEKS - index) + 7),
    cancellations: 0,
    moveOuts: 0,
  }));
  for (const { days_ago: ago, event } of departures) {
    const week = weeks[WEEKS - 1 - Math.floor(ago / 7)];
    if (week) week[event === 'move_out' ? 'moveOuts' : 'cancellations'] += 1;
  }
  return weeks;
}

/** The page with the departures of one week. */
export function weekHref({ from, to }: Pick<WeekCount, 'from' | 'to'>): string {
  return `/departures?from=${from}&to=${to}`;
}
