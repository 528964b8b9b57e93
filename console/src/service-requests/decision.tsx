/** Asks before a service request goes on: what that costs, and what it sets off. */
import { text, word } from '../text/en';
import { formatMoney } from '../text/format';
import type { Money } from '../text/money';
import { Confirm } from '../ui/dialog';
import { Facts } from '../ui/page';
import type { ServiceChange, ServiceRequest, useChangeService } from './queries';
import type { Transition } from './transitions';

const labels = text.services;
const money = (value: Money | null) => (value ? formatMoney(value.amount, value.currency) : text.none);

export type Decision = Exclude<Transition, 'price' | 'quote'>;

interface DecisionProps {
  decision: Decision;
  request: ServiceRequest;
  change: ReturnType<typeof useChangeService>;
  onClose: () => void;
}

export const contactAction = (request: ServiceRequest): string =>
  request.may_contact_client ? labels.forbidContact : labels.allowContact;

const STATUS = {
  accept: 'accepted',
  decline: 'declined',
  withdraw: 'withdrawn',
  start: 'in_progress',
  finish: 'done',
} as const;

function changeOf(decision: Decision, request: ServiceRequest): ServiceChange['change'] {
  if (decision === 'contact') return { may_contact_client: !request.may_contact_client };
  return { status: STATUS[decision] };
}

export function DecisionDialog({ decision, request, change, onClose }: DecisionProps) {
  const { action, question } = wordsOf(decision, request);
  return (
    <Confirm
      title={labels.decisionTitle(action, request.organization)}
      question={question}
      action={action}
      danger={decision === 'withdraw'}
      isOpen
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ request, change: changeOf(decision, request) })}
      onClose={onClose}
    >
      <Facts
        facts={[
          { label: labels.kind, value: word(labels.kinds, request.kind) },
          { label: labels.columns.quote, value: money(request.quote) },
          { label: labels.columns.price, value: money(request.price) },
        ]}
      />
    </Confirm>
  );
}

function wordsOf(decision: Decision, request: ServiceRequest): { action: string; question: string } {
  const { questions } = labels;
  if (decision === 'contact')
    return {
      action: contactAction(request),
      question: request.may_contact_client ? questions.forbidContact : questions.allowContact,
    };
  if (decision === 'accept')
    return { action: labels.acceptFor(money(request.quote)), question: questions.accept(money(request.quote)) };
  return { action: labels[decision], question: questions[decision] };
}
