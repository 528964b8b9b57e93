/** The bonus tracker: a bar of 95 days for each account, and the bonuses by month. */
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { BonusStatus } from '../api/types';
import { useRights } from '../auth/me';
import { text } from '../text/en';
import { Button, ButtonLink } from '../ui/button';
import { SearchField } from '../ui/fields';
import { FilterBar } from '../ui/filters';
import { Page } from '../ui/page';
import { Select } from '../ui/select';
import { Empty, Loaded, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Sort } from '../ui/table-model';
import { RECORD_COLUMNS, TRACKED_COLUMNS } from './columns';
import { Months } from './months';
import { RecordPayments } from './payments';
import { isRecorded, type Tracked, useEarned, useTracked } from './queries';

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
  return earned.data && earned.data.months.length > 0 ? <Months months={earned.data.months} /> : null;
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
  const [sort, setSort] = useState<Sort | null>(null);
  const [isPaying, setPaying] = useState(false);
  const query = { ...earned, data: earned.data?.items.filter((row) => row.status === status) };
  const rows = query.data ?? [];
  return (
    <>
      {can('pay_bonuses') && status === 'earned' && matching(rows, search).length > 0 && (
        <p>
          <Button onPress={() => setPaying(true)}>{labels.pay}</Button>
        </p>
      )}
      <Loaded query={query} lines={10}>
        {(matches) => <Rows rows={matches} search={search} columns={RECORD_COLUMNS} sort={sort} onSort={setSort} />}
      </Loaded>
      {isPaying && <RecordPayments rows={matching(rows, search)} onClose={() => setPaying(false)} />}
    </>
  );
}

interface TableProps {
  rows: Tracked[];
  search: string;
  columns: typeof TRACKED_COLUMNS;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}

function Rows({ rows, search, ...table }: TableProps) {
  const matches = useMemo(() => matching(rows, search), [rows, search]);
  if (matches.length === 0) return <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>;
  return <DataTable tall label={labels.title} rows={matches} keyOf={(row) => row.account_id} {...table} />;
}

function matching(rows: Tracked[], search: string): Tracked[] {
  const searchText = search.trim().toLowerCase();
  return searchText
    ? rows.filter((row) => `${row.organization}\n${row.username}`.toLowerCase().includes(searchText))
    : rows;
}
