/** What can be done with a service request, by whom, in which state. */
import type { ServiceRequestStatus } from './queries';

export type Move = 'price' | 'accept' | 'decline' | 'withdraw' | 'contact' | 'quote' | 'start' | 'finish';

const PARTNER: Partial<Record<ServiceRequestStatus, Move[]>> = {
  requested: ['contact', 'withdraw'],
  quoted: ['price', 'accept', 'decline', 'contact', 'withdraw'],
  accepted: ['price', 'contact', 'withdraw'],
  in_progress: ['price', 'contact'],
  done: ['price'],
};

const OPERATOR: Partial<Record<ServiceRequestStatus, Move[]>> = {
  requested: ['quote'],
  quoted: ['quote'],
  accepted: ['start'],
  in_progress: ['finish'],
};

export function movesOf(state: ServiceRequestStatus, isOperator: boolean): Move[] {
  return (isOperator ? OPERATOR : PARTNER)[state] ?? [];
}
