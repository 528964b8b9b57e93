/** For operators: the service requests of all partners that wait for a quote, for a start, or to be done. */
import { useSearchParams } from 'react-router';
import type { ServiceRequest } from '../service-requests/queries';
import { text, word } from '../text/en';
import { formatMoment, formatMoney, formatNumber } from '../text/format';
import { ButtonLink } from '../ui/button';
import { Page, Tabs } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { type QueueCounts, useQueueCounts, useWaitingServices, type WaitingStatus } from './queries';
import { PartnerCell } from './sms-reviews';

const labels = text.queues;
const STATES: WaitingStatus[] = ['requested', 'accepted', 'in_progress'];
const QUEUE_OF = { requested: 'service_quotes', accepted: 'service_starts', in_progress: 'service_work' } as const;

/** The queue that a request in this state waits in; of one that waits in none, the first. */
export const queueOf = (status: string | null | undefined): WaitingStatus =>
  STATES.find((known) => known === status) ?? 'requested';

export const queueHref = (status: WaitingStatus) => `/service-queue?status=${status}`;
export const serviceHref = (row: ServiceRequest) => `/service-queue/${row.partner_id}/${row.service_request_id}`;

const COLUMNS: Column<ServiceRequest>[] = [
  {
    id: 'account',
    header: labels.serviceColumns.account,
    width: 220,
    isTitle: true,
    cell: (row) => <strong>{row.organization}</strong>,
  },
  {
    id: 'partner',
    header: labels.serviceColumns.partner,
    width: 220,
    cell: (row) => <PartnerCell partnerId={row.partner_id} />,
  },
  {
    id: 'kind',
    header: labels.serviceColumns.kind,
    width: 160,
    cell: (row) => word(text.services.kinds, row.kind),
  },
  {
    id: 'quote',
    header: labels.serviceColumns.quote,
    width: 96,
    align: 'end',
    cell: (row) => (row.quote ? formatMoney(row.quote.amount, row.quote.currency) : text.none),
  },
  {
    id: 'requested',
    header: labels.serviceColumns.requested,
    width: 136,
    cell: (row) => formatMoment(row.requested_at),
  },
];

/** The tab's word with how many wait there. */
function tabLabel(status: WaitingStatus, counts: QueueCounts | undefined): string {
  const counted = counts?.[QUEUE_OF[status]];
  const name = labels.serviceStates[status];
  return counted ? `${name} (${formatNumber(counted.count)}${counted.more ? '+' : ''})` : name;
}

export function ServiceQueuePage() {
  const [params] = useSearchParams();
  const status = queueOf(params.get('status'));
  const waiting = useWaitingServices(status);
  const counts = useQueueCounts(true);
  return (
    <Page title={labels.services} lead={labels.servicesLead}>
      <Tabs
        label={labels.serviceTabs}
        current={queueHref(status)}
        items={STATES.map((known) => ({ href: queueHref(known), label: tabLabel(known, counts.data) }))}
      />
      <Loaded query={waiting}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={labels.servicesEmpty} />
          ) : (
            <DataTable
              label={labels.serviceStates[status]}
              columns={COLUMNS}
              rows={rows}
              keyOf={(row) => row.service_request_id}
              actionsWidth={100}
              actions={(row) => (
                <ButtonLink small href={serviceHref(row)} aria-label={`${labels.open}: ${row.organization}`}>
                  {labels.open}
                </ButtonLink>
              )}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
