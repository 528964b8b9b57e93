/** What the page of cancels and move-outs asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type Departure = components['schemas']['DepartureView'];

export function useDepartures() {
  return useQuery({
    queryKey: ['departures'],
    queryFn: async ({ signal }) => (await unwrap(api().GET('/departures', { signal }))).items,
  });
}
