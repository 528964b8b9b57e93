/** Cancels and move-outs of the last 90 days: why, when, and who. */
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { AccountName } from '../accounts/account-name';
import { today } from '../api/business-day';
import { text, word } from '../text/en';
import { addDays, formatDay, formatNumber } from '../text/format';
import { Button, ButtonLink } from '../ui/button';
import { ChoiceOrAll } from '../ui/choice-or-all';
import { SearchField } from '../ui/fields';
import { type Chip, Chips, FilterBar } from '../ui/filters';
import { Columns, Page, Section } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column, Sort } from '../ui/table-model';
import { Reasons, Weeks } from './chart';
import styles from './chart.module.css';
import { NO_REASON } from './figures';
import { type Departure, useDepartures } from './queries';

const labels = text.departures;

const COLUMNS: Column<Departure>[] = [
  {
    id: 'account',
    header: labels.columns.account,
    width: 166,
    isTitle: true,
    cell: (row) => <Who departure={row} />,
    sortBy: (row) => row.organization,
  },
  {
    id: 'type',
    header: labels.columns.type,
    width: 88,
    cell: (row) => text.words.accountType[row.account_type],
    sortBy: (row) => row.account_type,
  },
  {
    id: 'event',
    header: labels.columns.event,
    width: 112,
    cell: (row) => text.words.event[row.event],
    sortBy: (row) => row.event,
  },
  {
    id: 'effective',
    header: labels.columns.effective,
    width: 112,
    cell: (row) => formatDay(row.effective_on),
    sortBy: (row) => row.effective_on,
  },
  {
    id: 'ago',
    header: labels.columns.daysAgo,
    width: 92,
    align: 'end',
    cell: (row) => formatNumber(row.days_ago),
    sortBy: (row) => row.days_ago,
  },
  {
    id: 'reason',
    header: labels.columns.reason,
    width: 190,
    cell: (row) => (row.reason ? word(text.words.cancelReason, row.reason) : labels.noReason),
    sortBy: (row) => row.reason,
  },
  {
    id: 'plan',
    header: labels.columns.plan,
    width: 96,
    cell: (row) => text.words.plan[row.plan],
    sortBy: (row) => row.plan,
  },
  {
    id: 'client',
    header: labels.columns.client,
    width: 104,
    align: 'end',
    cell: (row) => formatNumber(row.days_as_client),
    sortBy: (row) => row.days_as_client,
  },
];

/** A moved-out account has no page any more; only its name stays. */
function Who({ departure }: { departure: Departure }) {
  if (departure.event === 'cancellation') return <AccountName account={departure} />;
  return (
    <>
      <strong>{departure.organization}</strong>
      <br />
      {departure.username}
    </>
  );
}

export function DeparturesPage() {
  const departures = useDepartures();
  return (
    <Page
      title={labels.title}
      lead={labels.lead(formatDay(addDays(today(), -90)), formatDay(today()))}
      actions={
        <ButtonLink href="/reports?generate=cancels-and-move-outs" icon="reports">
          {labels.report}
        </ButtonLink>
      }
    >
      <Loaded query={departures} lines={10}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={labels.emptyTitle}>{labels.emptyDetail}</Empty>
          ) : (
            <Departed departures={rows} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Departed({ departures }: { departures: Departure[] }) {
  const [params, setParams] = useSearchParams();
  const [sort, setSort] = useState<Sort>({ column: 'effective', descending: true });
  const rows = useMemo(() => found(departures, params), [departures, params]);
  const set = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    setParams(next, { replace: true });
  };
  const clearRange = () => {
    const next = new URLSearchParams(params);
    next.delete('from');
    next.delete('to');
    setParams(next, { replace: true });
  };
  return (
    <>
      <Columns>
        <Section title={labels.reasons} lead={labels.reasonsLead}>
          <Reasons departures={departures} />
        </Section>
        <Section title={labels.trend}>
          <Weeks departures={departures} />
        </Section>
      </Columns>
      <FilterBar label={labels.title}>
        <SearchField
          label={labels.search}
          placeholder={labels.search}
          value={params.get('q') ?? ''}
          onChange={(q) => set('q', q)}
        />
        <ChoiceOrAll
          compact
          label={labels.reason}
          words={{ ...text.words.cancelReason, [NO_REASON]: labels.noReason }}
          value={params.get('reason')}
          onChange={(value) => set('reason', value)}
        />
        <ChoiceOrAll
          compact
          label={labels.event}
          words={text.words.event}
          value={params.get('event')}
          onChange={(value) => set('event', value)}
        />
        <ChoiceOrAll
          compact
          label={labels.columns.type}
          words={text.words.accountType}
          value={params.get('type')}
          onChange={(value) => set('type', value)}
        />
      </FilterBar>
      <Chips chips={rangeOf(params)} onRemove={clearRange} onClear={clearRange} />
      <p className={styles.count}>{labels.shown(formatNumber(rows.length), formatNumber(departures.length))}</p>
      {rows.length === 0 ? (
        <Empty
          title={labels.noneFoundTitle}
          action={<Button onPress={() => setParams({}, { replace: true })}>{text.filters.clear}</Button>}
        />
      ) : (
        <DataTable
          tall
          label={labels.title}
          columns={COLUMNS}
          rows={rows}
          keyOf={(row) => `${row.account_id} ${row.event} ${row.effective_on}`}
          sort={sort}
          onSort={setSort}
        />
      )}
    </>
  );
}

/** The days that a chart has led to, as a chip that can be taken away. */
function rangeOf(params: URLSearchParams): Chip[] {
  const [from, to] = [params.get('from'), params.get('to')];
  return from && to ? [{ id: 'range', label: labels.between(formatDay(from), formatDay(to)) }] : [];
}

function found(departures: Departure[], params: URLSearchParams): Departure[] {
  const searchText = (params.get('q') ?? '').trim().toLowerCase();
  const [reason, event, type] = [params.get('reason'), params.get('event'), params.get('type')];
  const [from, to] = [params.get('from'), params.get('to')];
  return departures.filter(
    (departure) =>
      (!searchText || `${departure.organization}\n${departure.username}`.toLowerCase().includes(searchText)) &&
      (!reason || (departure.reason ?? NO_REASON) === reason) &&
      (!event || departure.event === event) &&
      (!from || departure.effective_on >= from) &&
      (!to || departure.effective_on <= to) &&
      (!type || departure.account_type === type),
  );
}
