/** What the page of professional services asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { Page } from '../api/types';
import { useChange } from '../app/query';
import type { Money } from '../bonuses/queries';

export type ServiceState = 'requested' | 'quoted' | 'accepted' | 'declined' | 'in_progress' | 'done' | 'withdrawn';

export interface ServiceRequest {
  service_request_id: string;
  account_id: string;
  username: string;
  organization: string;
  kind: string;
  brief: string;
  budget: Money | null;
  may_contact_client: boolean;
  quote: Money | null;
  price: Money | null;
  margin: Money | null;
  state: ServiceState;
  requested_at: string;
  changed_at: string;
  version: number;
}

export function useServiceRequests() {
  return useQuery({
    queryKey: ['services'],
    queryFn: () => allPages((query) => unwrap<Page<ServiceRequest>>(api().GET('/service-requests', { params: { query } }))),
  });
}

export interface NewServiceRequest {
  account_id: string;
  kind: string;
  brief: string;
  budget: number | null;
  may_contact_client: boolean;
}

export function useAskForServices(onSuccess: () => void) {
  return useChange<ServiceRequest, NewServiceRequest>(
    (body, key) => unwrap<ServiceRequest>(api().POST('/service-requests', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: [['services'], ['audit']], onSuccess },
  );
}

export interface ServiceChange {
  request: ServiceRequest;
  change: { state?: ServiceState; price?: number; quote?: number; may_contact_client?: boolean };
}

export function useChangeService(onSuccess: () => void) {
  return useChange<ServiceRequest, ServiceChange>(
    ({ request, change }) =>
      unwrap<ServiceRequest>(
        api().PATCH('/service-requests/{service_request_id}', {
          params: { path: { service_request_id: request.service_request_id }, header: { 'If-Match': `"${request.version}"` } },
          body: change,
        }),
      ),
    { stale: [['services'], ['audit']], onSuccess },
  );
}
