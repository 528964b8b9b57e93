/** The bonus tracker: a bar of 95 days for each account, and the bonuses by month. */
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { BonusStatus } from '../api/types';
import { useRights } from '../auth/me';
import type { BulkOperation } from '../bulk-operations/queries';
import { RunningOperation } from '../bulk-operations/running';
import { text } from '../text/en';
import { formatMonth } from '../text/format';
import { ButtonLink } from '../ui/button';
import { SearchField } from '../ui/fields';
import { FilterBar } from '../ui/filters';
import { Help } from '../ui/help';
import { Page } from '../ui/page';
import { Select } from '../ui/select';
import { Loaded, Skeleton } from '../ui/states';
import type { Sort } from '../ui/table-model';
import { RECORD_COLUMNS, TRACKED_COLUMNS } from './columns';
import { Months } from './months';
import { isRecorded, type Tracked, useApplyPayments, useEarned, useTracked } from './queries';
import { Rows } from './rows';
import { Selectable } from './selectable';

const labels = text.bonuses;
const CHOICES = Object.entries(text.words.bonusStatus).map(([value, label]) => ({ value, label }));

function statusOf(params: URLSearchParams): BonusStatus {
  const requestedStatus = params.get('nab_status') ?? 'tracking';
  return requestedStatus in text.words.bonusStatus ? (requestedStatus as BonusStatus) : 'tracking';
}

export function BonusesPage() {
  const [params, setParams] = useSearchParams();
  const status = statusOf(params);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      beside={<Help rule={text.rules.bonus} />}
      actions={
        <ButtonLink href="/reports?generate=new-account-bonus-tracker" icon="reports">
          {labels.report}
        </ButtonLink>
      }
    >
      <EarnedByMonth />
      <FilterBar label={labels.title}>
        <SearchField
          label={labels.search}
          placeholder={labels.search}
          value={params.get('q') ?? ''}
          onChange={(q) => set('q', q)}
        />
        <Select
          compact
          label={labels.status}
          choices={CHOICES}
          value={status}
          onChange={(value) => set('nab_status', value)}
        />
      </FilterBar>
      {isRecorded(status) ? (
        <Recorded status={status} search={params.get('q') ?? ''} />
      ) : (
        <UnderWay status={status} search={params.get('q') ?? ''} />
      )}
    </Page>
  );
}

function EarnedByMonth() {
  const earned = useEarned();
  if (earned.isPending) return <Skeleton lines={4} />;
  return earned.data && earned.data.months.length > 0 ? <Months earned={earned.data} /> : null;
}

interface RowsProps {
  status: BonusStatus;
  search: string;
}

function UnderWay({ status, search }: RowsProps) {
  const tracked = useTracked(status);
  const [sort, setSort] = useState<Sort | null>(null);
  return (
    <Loaded query={tracked} lines={10}>
      {(rows) => <Rows rows={rows} search={search} columns={TRACKED_COLUMNS} sort={sort} onSort={setSort} />}
    </Loaded>
  );
}

function Recorded({ status, search }: RowsProps) {
  const earned = useEarned();
  const { can } = useRights();
  const [params, setParams] = useSearchParams();
  const [sort, setSort] = useState<Sort | null>(null);
  const apply = useApplyPayments();
  const onEnd = useCallback((operation: BulkOperation) => void apply(operation), [apply]);
  const month = params.get('month') ?? '';
  const items = earned.data?.items;
  const rows = useMemo(() => items?.filter((row) => row.status === status), [items, status]);
  const query = { ...earned, data: rows?.filter((row) => !month || row.earned_on?.startsWith(month)) };
  const chooseMonth = (value: string) => {
    const next = new URLSearchParams(params);
    if (value === ALL) next.delete('month');
    else next.set('month', value);
    setParams(next, { replace: true });
  };
  return (
    <>
      {can('pay_bonuses') && <RunningOperation of={PAYMENTS} onEnd={onEnd} />}
      <Select
        compact
        label={labels.month}
        choices={[{ value: ALL, label: labels.allMonths }, ...monthsOf(rows ?? [])]}
        value={month || ALL}
        onChange={chooseMonth}
      />
      <Loaded query={query} lines={10}>
        {(found) =>
          can('pay_bonuses') ? (
            <Selectable key={status} status={status} rows={found} search={search} sort={sort} onSort={setSort} />
          ) : (
            <Rows rows={found} search={search} columns={RECORD_COLUMNS} sort={sort} onSort={setSort} />
          )
        }
      </Loaded>
    </>
  );
}

const ALL = 'all';
const PAYMENTS = ['pay_bonuses', 'void_bonus_payments'] as const;

function monthsOf(rows: Tracked[]) {
  const months = new Set(rows.flatMap((row) => (row.earned_on ? [row.earned_on.slice(0, 7)] : [])));
  return [...months]
    .sort()
    .reverse()
    .map((value) => ({ value, label: formatMonth(value) }));
}
