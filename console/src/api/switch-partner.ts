/** Acting for another partner: nothing that was read for the last one may stay. */
import { setActingPartner } from './acting-partner';
import { queryClient } from './query';

/** What is not about one partner. */
const KEPT = ['me', 'partners', 'queues', 'sms-reviews', 'service-queue'];

export function switchPartner(partnerId: string | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => !KEPT.includes(String(queryKey[0])) });
  setActingPartner(partnerId);
}
