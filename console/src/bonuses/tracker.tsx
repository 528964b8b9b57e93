/** The bonus tracker: a bar of 95 days for each account, and the bonuses by month. */
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { AccountName } from '../accounts/columns';
import { BonusBadge } from '../accounts/badges';
import type { BonusStatus } from '../api/types';
import { useRights } from '../auth/me';
import { formatDay, formatMoney, formatNumber } from '../text/format';
import { text, word } from '../text/en';
import { Button, ButtonLink } from '../ui/button';
import { SearchField } from '../ui/fields';
import { FilterBar } from '../ui/filters';
import { Page } from '../ui/page';
import { Progress } from '../ui/progress';
import { Select } from '../ui/select';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column, Sort } from '../ui/table-model';
import { Months } from './months';
import { RecordPayments } from './payments';
import { useBonuses, type Bonuses, type TrackedAccount } from './queries';

const labels = text.bonuses;
const DAYS = 95;
const ALL = 'all';
const TONES = { earned: 'good', paid: 'good', disqualified: 'bad' } as const;

const COLUMNS: Column<TrackedAccount>[] = [
  { id: 'account', header: labels.columns.account, width: 170, isTitle: true, cell: (row) => <AccountName account={row} />, sortBy: (row) => row.organization },
  { id: 'type', header: labels.columns.type, width: 88, cell: (row) => word(text.words.accountType, row.account_type), sortBy: (row) => row.account_type ?? null },
  { id: 'upgrade', header: labels.columns.upgrade, width: 126, cell: (row) => formatDay(row.initial_upgrade_on), sortBy: (row) => row.initial_upgrade_on },
  { id: 'days', header: labels.columns.days, width: 100, align: 'end', cell: (row) => formatNumber(row.days), sortBy: (row) => row.days },
  { id: 'progress', header: labels.columns.progress, width: 180, cell: (row) => <DaysBar row={row} />, sortBy: (row) => row.days_left },
  { id: 'status', header: labels.columns.status, width: 122, cell: (row) => <BonusBadge status={row.status} />, sortBy: (row) => row.status },
  { id: 'earned', header: labels.columns.earned, width: 112, cell: (row) => formatDay(row.earned_on), sortBy: (row) => row.earned_on },
  {
    id: 'amount',
    header: labels.columns.amount,
    width: 90,
    align: 'end',
    cell: (row) => (row.amount ? formatMoney(row.amount.amount, row.amount.currency) : text.none),
    sortBy: (row) => row.amount?.amount ?? null,
  },
];

function DaysBar({ row }: { row: TrackedAccount }) {
  if (row.days === null || row.status === 'not_started' || row.status === 'not_eligible') return <>{text.none}</>;
  const isTracked = row.status === 'tracking';
  const days = row.status === 'disqualified' ? row.days : Math.min(row.days, DAYS);
  return (
    <Progress
      label={labels.progressOf(row.organization)}
      hideLabel
      value={Math.min(days, DAYS)}
      max={DAYS}
      tone={isTracked ? 'accent' : (TONES[row.status as keyof typeof TONES] ?? 'quiet')}
      valueText={isTracked ? labels.left(row.days_left ?? 0) : word(text.words.bonusStatus, row.status)}
    />
  );
}

export function BonusesPage() {
  const [params, setParams] = useSearchParams();
  const status = (params.get('nab_status') ?? undefined) as BonusStatus | undefined;
  const bonuses = useBonuses(status);
  const choices = [{ value: ALL, label: text.filters.all }, ...Object.entries(text.words.bonusStatus).map(([value, label]) => ({ value, label }))];
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value && value !== ALL) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      actions={
        <ButtonLink href="/reports?generate=new-account-bonus-tracker" icon="reports">
          {labels.report}
        </ButtonLink>
      }
    >
      <FilterBar label={labels.title}>
        <SearchField label={labels.search} placeholder={labels.search} value={params.get('q') ?? ''} onChange={(q) => set('q', q)} />
        <Select compact label={labels.status} choices={choices} value={status ?? ALL} onChange={(value) => set('nab_status', value)} />
      </FilterBar>
      <Loaded query={bonuses} lines={10}>
        {(data) => <Tracker bonuses={data} search={params.get('q') ?? ''} />}
      </Loaded>
    </Page>
  );
}

function Tracker({ bonuses, search }: { bonuses: Bonuses; search: string }) {
  const { isOperator } = useRights();
  const [sort, setSort] = useState<Sort>({ column: 'progress', descending: false });
  const [isPaying, setPaying] = useState(false);
  const rows = useMemo(() => found(bonuses.items, search), [bonuses.items, search]);
  const unpaid = bonuses.items.filter((row) => row.status === 'earned');
  return (
    <>
      {bonuses.months.length > 0 && <Months months={bonuses.months} />}
      {isOperator && unpaid.length > 0 && (
        <p>
          <Button onPress={() => setPaying(true)}>{labels.pay}</Button>
        </p>
      )}
      {rows.length === 0 ? (
        <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>
      ) : (
        <DataTable tall label={labels.title} columns={COLUMNS} rows={rows} keyOf={(row) => row.account_id} sort={sort} onSort={setSort} />
      )}
      {isPaying && <RecordPayments rows={unpaid} onClose={() => setPaying(false)} />}
    </>
  );
}

function found(rows: TrackedAccount[], search: string): TrackedAccount[] {
  const wanted = search.trim().toLowerCase();
  return wanted ? rows.filter((row) => `${row.organization}\n${row.username}`.toLowerCase().includes(wanted)) : rows;
}
