/** The columns of the tracker: of accounts on their way, and of bonuses that were earned. */

import { AccountName } from '../accounts/account-name';
import { BonusBadge } from '../accounts/badges';
import { text, word } from '../text/en';
import { formatDay, formatMoney, formatNumber } from '../text/format';
import { Progress } from '../ui/progress';
import type { Column } from '../ui/table-model';
import type { Tracked } from './queries';

const { columns: labels, progressOf, left } = text.bonuses;
const DAYS = 95;

const ACCOUNT: Column<Tracked> = {
  id: 'account',
  header: labels.account,
  width: 200,
  isTitle: true,
  cell: (row) => <AccountName account={row} />,
  sortBy: (row) => row.organization,
};
const UPGRADE: Column<Tracked> = {
  id: 'upgrade',
  header: labels.upgrade,
  width: 130,
  cell: (row) => formatDay(row.initial_upgrade_on),
  sortBy: (row) => row.initial_upgrade_on,
};
const STATUS: Column<Tracked> = {
  id: 'status',
  header: labels.status,
  width: 126,
  cell: (row) => <BonusBadge status={row.status} />,
};

export const TRACKED_COLUMNS: Column<Tracked>[] = [
  ACCOUNT,
  {
    id: 'type',
    header: labels.type,
    width: 94,
    cell: (row) => word(text.words.accountType, row.account_type),
    sortBy: (row) => row.account_type,
  },
  UPGRADE,
  {
    id: 'days',
    header: labels.days,
    width: 104,
    align: 'end',
    cell: (row) => formatNumber(row.days),
    sortBy: (row) => row.days,
  },
  {
    id: 'progress',
    header: labels.progress,
    width: 240,
    cell: (row) => <DaysBar row={row} />,
    sortBy: (row) => row.days_left,
  },
  STATUS,
];

export const RECORD_COLUMNS: Column<Tracked>[] = [
  ACCOUNT,
  UPGRADE,
  {
    id: 'earned',
    header: labels.earned,
    width: 130,
    cell: (row) => formatDay(row.earned_on),
    sortBy: (row) => row.earned_on,
  },
  STATUS,
  {
    id: 'amount',
    header: labels.amount,
    width: 110,
    align: 'end',
    cell: (row) => (row.money ? formatMoney(row.money.amount, row.money.currency) : text.none),
    sortBy: (row) => row.money?.amount ?? null,
  },
];

export function DaysBar({ row }: { row: Pick<Tracked, 'organization' | 'days' | 'days_left' | 'status'> }) {
  if (row.days === null || row.status === 'not_eligible') return <>{text.none}</>;
  const isTracked = row.status === 'tracking';
  return (
    <Progress
      label={progressOf(row.organization)}
      hideLabel
      value={Math.min(row.days, DAYS)}
      max={DAYS}
      tone={isTracked ? 'accent' : 'bad'}
      valueText={isTracked ? left(row.days_left ?? 0) : word(text.words.bonusStatus, row.status)}
    />
  );
}
