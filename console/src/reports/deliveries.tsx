/** Deliveries: each e-mail with links, and what became of it. */
import { explain } from '../api/problem';
import { useRights } from '../auth/me';
import { text, word } from '../text/en';
import { formatMoment } from '../text/format';
import { notify } from '../ui/announce';
import { Badge, type Tone } from '../ui/badge';
import { Button, ButtonLink, TextLink } from '../ui/button';
import { Page, Tabs } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { type Delivery, useDeliveries, useResend } from './schedule-queries';
import { REPORT_TABS } from './tabs';

const labels = text.reports.deliveries;
const TONES: Record<string, Tone> = {
  sent: 'good',
  sending: 'info',
  queued: 'info',
  unsure: 'warn',
  suppressed: 'quiet',
};

const COLUMNS: Column<Delivery>[] = [
  { id: 'to', header: labels.columns.to, width: 210, isTitle: true, cell: (delivery) => delivery.to ?? labels.client },
  {
    id: 'kind',
    header: labels.columns.kind,
    width: 140,
    cell: (delivery) =>
      delivery.report_run_id ? (
        <TextLink href={`/reports/${delivery.report_run_id}`}>{word(labels.kinds, delivery.kind)}</TextLink>
      ) : (
        word(labels.kinds, delivery.kind)
      ),
  },
  {
    id: 'status',
    header: labels.columns.status,
    width: 170,
    cell: (delivery) => <Badge tone={TONES[delivery.status] ?? 'bad'}>{word(labels.states, delivery.status)}</Badge>,
  },
  {
    id: 'at',
    header: labels.columns.at,
    width: 136,
    cell: (delivery) => formatMoment(delivery.sent_at ?? delivery.queued_at),
  },
  { id: 'detail', header: labels.columns.detail, width: 160, cell: (delivery) => delivery.reason ?? text.none },
];

export function DeliveriesPage() {
  const deliveries = useDeliveries();
  return (
    <Page title={labels.title} lead={labels.lead}>
      <Tabs label={text.reports.tabs.label} items={REPORT_TABS} current="/reports/deliveries" />
      <Loaded query={deliveries}>{(rows) => <Rows rows={rows} />}</Loaded>
    </Page>
  );
}

function Rows({ rows }: { rows: Delivery[] }) {
  const { can } = useRights();
  const resend = useResend(() => notify(labels.resent));
  if (rows.length === 0)
    return (
      <Empty
        title={labels.emptyTitle}
        action={<ButtonLink href="/reports?generate=report">{text.reports.run}</ButtonLink>}
      >
        {labels.emptyDetail}
      </Empty>
    );
  const again = (delivery: Delivery) => (
    <Button
      small
      isDisabled={!delivery.resendable}
      isPending={resend.isPending && resend.variables === delivery.delivery_id}
      onPress={() => resend.mutate(delivery.delivery_id, { onError: (error) => notify(explain(error).detail, 'bad') })}
    >
      {labels.resend}
    </Button>
  );
  return (
    <DataTable
      label={labels.title}
      columns={COLUMNS}
      rows={rows}
      keyOf={(delivery) => delivery.delivery_id}
      actionsWidth={120}
      {...(can('resend_delivery') ? { actions: again } : {})}
    />
  );
}
