/** What can be done with a service request, by whom, in which state. */
import type { ServiceRequestStatus } from './queries';

export type Transition = 'price' | 'accept' | 'decline' | 'withdraw' | 'contact' | 'quote' | 'start' | 'finish';

const PARTNER_TRANSITIONS: Partial<Record<ServiceRequestStatus, Transition[]>> = {
  requested: ['contact', 'withdraw'],
  quoted: ['price', 'accept', 'decline', 'contact', 'withdraw'],
  accepted: ['price', 'contact', 'withdraw'],
  in_progress: ['price', 'contact'],
  done: ['price'],
};

const OPERATOR_TRANSITIONS: Partial<Record<ServiceRequestStatus, Transition[]>> = {
  requested: ['quote'],
  quoted: ['quote'],
  accepted: ['start'],
  in_progress: ['finish'],
};

export function transitionsFor(state: ServiceRequestStatus, isOperator: boolean): Transition[] {
  return (isOperator ? OPERATOR_TRANSITIONS : PARTNER_TRANSITIONS)[state] ?? [];
}
