/** For operators: the SMS registrations of all partners that wait for a decision. */
import { usePartnerName } from '../partners/queries';
import { text } from '../text/en';
import { formatMoment } from '../text/format';
import { Badge } from '../ui/badge';
import { ButtonLink } from '../ui/button';
import { Page } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { DataTable } from '../ui/table';
import type { Column } from '../ui/table-model';
import { useWaitingRegistrations, type WaitingRegistration } from './queries';
import { reviewHref } from './sms-review';

const labels = text.queues;

export function PartnerCell({ partnerId }: { partnerId: string }) {
  return <>{usePartnerName(partnerId)}</>;
}

const COLUMNS: Column<WaitingRegistration>[] = [
  {
    id: 'business',
    header: labels.reviewColumns.business,
    width: 260,
    isTitle: true,
    cell: (row) => <strong>{row.form.legal_business_name}</strong>,
  },
  {
    id: 'partner',
    header: labels.reviewColumns.partner,
    width: 220,
    cell: (row) => <PartnerCell partnerId={row.partner_id} />,
  },
  {
    id: 'status',
    header: labels.reviewColumns.status,
    width: 130,
    cell: (row) => <Badge tone="info">{text.words.registration[row.status]}</Badge>,
  },
  {
    id: 'submitted',
    header: labels.reviewColumns.submitted,
    width: 136,
    cell: (row) => formatMoment(row.submitted_at),
  },
];

export function SmsReviewsPage() {
  const waiting = useWaitingRegistrations();
  return (
    <Page title={labels.reviews} lead={labels.reviewsLead}>
      <Loaded query={waiting}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={labels.reviewsEmpty} />
          ) : (
            <DataTable
              label={labels.reviews}
              columns={COLUMNS}
              rows={rows}
              keyOf={(row) => row.account_id}
              actionsWidth={100}
              actions={(row) => (
                <ButtonLink
                  small
                  href={reviewHref(row)}
                  aria-label={`${labels.review}: ${row.form.legal_business_name}`}
                >
                  {labels.review}
                </ButtonLink>
              )}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
