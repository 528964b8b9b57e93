/** Acting for another partner: nothing that was read for the last one may stay. */
import { setActingPartner } from './acting-partner';
import { queryClient } from './query';

export function switchPartner(partnerId: string | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => !['me', 'partners'].includes(String(queryKey[0])) });
  setActingPartner(partnerId);
}
