/** What the page of cancels and move-outs asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { setToday } from '../api/business-day';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type Departure = components['schemas']['DepartureView'];

export function useDepartures() {
  return useQuery({
    queryKey: ['departures'],
    queryFn: async ({ signal }) => {
      const { items, last } = await unwrap(api().GET('/departures', { signal }));
      setToday(last);
      return items;
    },
  });
}
