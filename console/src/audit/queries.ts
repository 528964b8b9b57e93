/** What the history asks of the API. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type AuditEntry = components['schemas']['AuditEntryView'];
export type FieldChange = components['schemas']['FieldChangeView'];

export interface AuditFilters {
  account_id?: string;
  since?: string;
  until?: string;
}

export function useAudit(filters: AuditFilters, limit: number) {
  return useInfiniteQuery({
    queryKey: ['audit', filters, limit],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const query = { ...filters, limit, ...(pageParam ? { cursor: pageParam } : {}) };
      return unwrap(api().GET('/audit', { params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
