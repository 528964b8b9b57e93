/** What the history asks of the API. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components, operations } from '../api/schema';

export type AuditEntry = components['schemas']['AuditEntryView'];
export type FieldChange = components['schemas']['FieldChangeView'];

type AuditParams = operations['list_audit']['parameters']['query'];

export interface AuditFilters {
  account_id?: string;
  since?: string;
  until?: string;
  subject?: string;
  kind?: NonNullable<AuditParams>['kind'];
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
