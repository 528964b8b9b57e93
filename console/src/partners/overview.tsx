/** For operators: how every partner does, at a glance; from here one acts for one of them. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { switchPartner } from '../api/switch-partner';
import { text } from '../text/en';
import { formatDay, formatMoney, formatNumber, formatShare } from '../text/format';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Page } from '../ui/page';
import { Empty, Failure, Skeleton } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';

const labels = text.overview;
type Schemas = components['schemas'];
type Overview = Schemas['PartnerOverviewView'];
type Movement = Schemas['MovementView'];

export function usePartnerOverviews() {
  return useInfiniteQuery({
    queryKey: ['partners', 'overview'],
    staleTime: 60_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(api().GET('/partner-overviews', { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

const atLeast = (value: string, more: boolean) => (more ? labels.atLeast(value) : value);
const signed = (value: number) => (value > 0 ? `+${formatNumber(value)}` : formatNumber(value).replace('-', '−'));

/** The net growth, with what it is made of. */
function Growth({ movement }: { movement: Movement }) {
  return (
    <>
      <strong>{atLeast(signed(movement.net), movement.at_least)}</strong>{' '}
      <small>{labels.movement(formatNumber(movement.created), formatNumber(movement.departed))}</small>
    </>
  );
}

const churn = ({ churn: part }: Movement) => (part === null ? text.none : formatShare(part, 1));

function Unpaid({ row }: { row: Overview }) {
  if (row.unpaid_bonuses.length === 0) return <>{text.none}</>;
  const sums = row.unpaid_bonuses.map(({ amount, currency }) => formatMoney(amount, currency));
  return <>{atLeast(sums.join(', '), row.unpaid_at_least)}</>;
}

function Night({ row }: { row: Overview }) {
  const night = row.last_night;
  if (!night) return <>{text.none}</>;
  return (
    <>
      {formatDay(night.date)}{' '}
      {night.failures > 0 ? (
        <Badge tone="bad">{labels.unsettled(formatNumber(night.failures))}</Badge>
      ) : (
        !night.done_at && <Badge tone="info">{labels.running}</Badge>
      )}
    </>
  );
}

function Failures({ row }: { row: Overview }) {
  const failed = (Object.keys(labels.failed) as (keyof Overview['failures'])[]).filter(
    (kind) => row.failures[kind].count > 0 || row.failures[kind].more,
  );
  if (failed.length === 0) return <>{text.none}</>;
  return (
    <Badge tone="bad">
      {failed
        .map((kind) => {
          const { count, more } = row.failures[kind];
          return `${formatNumber(count)}${more ? '+' : ''} ${labels.failed[kind]}`;
        })
        .join(', ')}
    </Badge>
  );
}

const COLUMNS: Column<Overview>[] = [
  {
    id: 'name',
    header: labels.columns.partner,
    width: 200,
    isTitle: true,
    cell: (row) => (
      <>
        <strong>{row.name}</strong> {row.suspended && <Badge tone="bad">{text.partners.suspended}</Badge>}
      </>
    ),
  },
  {
    id: 'accounts',
    header: labels.columns.accounts,
    width: 180,
    cell: ({ accounts }) => (
      <>
        <strong>{formatNumber(accounts.total)}</strong>{' '}
        <small>
          {labels.statuses(
            formatNumber(accounts.O),
            formatNumber(accounts.T),
            formatNumber(accounts.E),
            formatNumber(accounts.C),
          )}
        </small>
      </>
    ),
  },
  {
    id: 'this-month',
    header: labels.columns.thisMonth,
    width: 150,
    cell: (row) => <Growth movement={row.this_month} />,
  },
  {
    id: 'last-month',
    header: labels.columns.lastMonth,
    width: 150,
    cell: (row) => <Growth movement={row.last_month} />,
  },
  {
    id: 'churn',
    header: labels.columns.churn,
    width: 120,
    cell: (row) => labels.churn(churn(row.this_month), churn(row.last_month)),
  },
  { id: 'unpaid', header: labels.columns.unpaid, width: 130, cell: (row) => <Unpaid row={row} /> },
  { id: 'night', header: labels.columns.night, width: 130, cell: (row) => <Night row={row} /> },
  { id: 'failures', header: labels.columns.failures, width: 150, cell: (row) => <Failures row={row} /> },
];

export function OverviewPage() {
  const navigate = useNavigate();
  const overviews = usePartnerOverviews();
  const rows = overviews.data?.pages.flatMap((page) => page.items);
  const choose = (partnerId: string) => {
    switchPartner(partnerId);
    void navigate('/');
  };
  return (
    <Page title={labels.title} lead={labels.lead}>
      {overviews.error && !rows && <Failure error={overviews.error} onRetry={() => void overviews.refetch()} />}
      {!overviews.error && !rows && <Skeleton lines={8} />}
      {rows?.length === 0 && <Empty title={text.partners.emptyTitle} />}
      {rows !== undefined && rows.length > 0 && (
        <DataTable
          label={labels.title}
          columns={COLUMNS}
          rows={rows}
          keyOf={(row) => row.partner_id}
          actionsWidth={110}
          actions={(row) => (
            <Button small onPress={() => choose(row.partner_id)} aria-label={`${text.partners.actFor}: ${row.name}`}>
              {labels.act}
            </Button>
          )}
        />
      )}
      {overviews.hasNextPage && (
        <Button isPending={overviews.isFetchingNextPage} onPress={() => void overviews.fetchNextPage()}>
          {labels.more}
        </Button>
      )}
    </Page>
  );
}
