/** What the history asks of the API. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { Page } from '../api/types';

export interface FieldChange {
  field: string;
  old: string | null;
  new: string | null;
}

export interface AuditEntry {
  audit_id: string;
  at: string;
  kind: string;
  subject: string;
  name?: string | null;
  role: string;
  acting_for: string | null;
  account_id: string | null;
  changes: FieldChange[];
}

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
      return unwrap<Page<AuditEntry>>(api().GET('/audit', { params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
