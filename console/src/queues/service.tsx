/** For operators: one service request of a queue, with what is to be done next and the request after it. */
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { usePartner, usePartnerName } from '../partners/queries';
import { AmountDialog } from '../service-requests/amount';
import { type ServiceRequest, useChangeService } from '../service-requests/queries';
import { text, word } from '../text/en';
import { formatMoment, formatMoney } from '../text/format';
import type { Money } from '../text/money';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { DecisionBar } from '../ui/decision-bar';
import { Facts, Page, Section } from '../ui/page';
import { Failure, Loaded } from '../ui/states';
import { OpenAccount, OtherPartnerNote } from './other-partner';
import { following, placeIn } from './place';
import { PlaceLinks } from './place-links';
import { useServiceRequest, useWaitingServices, type WaitingStatus } from './queries';
import { queueHref, queueOf, serviceHref } from './services';

const labels = text.queues;
const money = (value: Money | null) => (value ? formatMoney(value.amount, value.currency) : text.none);

export function WaitingServicePage() {
  const { partnerId = '', requestId = '' } = useParams();
  const partner = usePartnerName(partnerId);
  const request = useServiceRequest(partnerId, requestId);
  const queue = queueOf(request.data?.status);
  return (
    <Page
      title={labels.request}
      lead={request.data && labels.requestOf(request.data.organization, partner)}
      back={{ href: queueHref(queue), label: `${labels.services}: ${word(labels.serviceStates, queue)}` }}
      actions={request.data && <OpenAccount partnerId={partnerId} accountId={request.data.account_id} />}
    >
      <OtherPartnerNote partnerId={partnerId} />
      <Loaded query={request}>{(data) => <WaitingService key={data.service_request_id} request={data} />}</Loaded>
    </Page>
  );
}

function WaitingService({ request }: { request: ServiceRequest }) {
  // The queue it came from: a decision takes it out.
  const [queue] = useState(() => queueOf(request.status));
  const waiting = useWaitingServices(queue);
  const place = placeIn(waiting.data ?? [], (row) => row.service_request_id === request.service_request_id);
  return (
    <>
      <Section title={text.services.brief}>
        <p>{request.brief}</p>
        <Facts
          facts={[
            { label: text.services.kind, value: word(text.services.kinds, request.kind) },
            { label: text.services.columns.status, value: text.words.serviceState[request.status] },
            { label: text.services.budgetShort, value: money(request.budget) },
            { label: text.services.columns.quote, value: money(request.quote) },
            { label: labels.serviceColumns.requested, value: formatMoment(request.requested_at) },
          ]}
        />
        <p>{request.may_contact_client ? text.services.mayContact : text.services.mayNotContact}</p>
      </Section>
      <Decision
        request={request}
        beside={<PlaceLinks place={place} hrefOf={serviceHref} />}
        next={following(place)}
        queue={queue}
      />
    </>
  );
}

interface DecisionProps {
  request: ServiceRequest;
  queue: WaitingStatus;
  beside: React.ReactNode;
  next: ServiceRequest | undefined;
}

function Decision({ request, queue, beside, next }: DecisionProps) {
  const navigate = useNavigate();
  const [isQuoting, setQuoting] = useState(false);
  const currency = usePartner(request.partner_id)?.terms.bonus.currency;
  const said = { requested: labels.quoted, accepted: labels.started, in_progress: labels.finished }[queue];
  const change = useChangeService(() => {
    notify(said);
    void navigate(next ? serviceHref(next) : queueHref(queue));
  }, request.partner_id);
  const move = (status: 'in_progress' | 'done') => change.mutate({ request, change: { status } });
  return (
    <>
      {Boolean(change.error) && !isQuoting && <Failure error={change.error} />}
      <DecisionBar label={labels.decision} beside={beside}>
        {request.status === 'requested' && (
          <Button look="primary" onPress={() => setQuoting(true)}>
            {text.services.quote}
          </Button>
        )}
        {request.status === 'accepted' && (
          <Button look="primary" isPending={change.isPending} onPress={() => move('in_progress')}>
            {text.services.start}
          </Button>
        )}
        {request.status === 'in_progress' && (
          <Button look="primary" isPending={change.isPending} onPress={() => move('done')}>
            {text.services.finish}
          </Button>
        )}
      </DecisionBar>
      {isQuoting && (
        <AmountDialog
          request={request}
          what="quote"
          change={change}
          {...(currency ? { currency } : {})}
          onClose={() => setQuoting(false)}
        />
      )}
    </>
  );
}
