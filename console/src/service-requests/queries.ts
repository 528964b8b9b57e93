/** What the page of professional services asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import { useChange } from '../api/query';
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type ServiceRequest = Schemas['ServiceRequestView'];
export type ServiceRequestStatus = Schemas['ServiceRequestStatus'];
export type NewServiceRequest = Schemas['NewServiceRequest'];

export function useServiceRequests() {
  return useQuery({
    queryKey: ['service-requests'],
    queryFn: () => allPages((query) => unwrap(api().GET('/service-requests', { params: { query } }))),
  });
}

export function useRequestServices(onSuccess: () => void) {
  return useChange<ServiceRequest, NewServiceRequest>(
    (body, key) => unwrap(api().POST('/service-requests', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: [['service-requests'], ['audit']], onSuccess },
  );
}

export interface ServiceChange {
  request: ServiceRequest;
  change: Schemas['ServiceChange'];
}

/** `partnerId` names whose request it is, where that is not the partner one acts for. */
export function useChangeService(onSuccess: () => void, partnerId?: string) {
  return useChange<ServiceRequest, ServiceChange>(
    ({ request, change }, key) =>
      unwrap(
        api().PATCH('/service-requests/{service_request_id}', {
          params: {
            path: { service_request_id: request.service_request_id },
            header: { 'If-Match': `"${request.version}"`, 'Idempotency-Key': key },
          },
          ...(partnerId ? { headers: { 'Partner-Id': partnerId } } : {}),
          body: change,
        }),
      ),
    { stale: [['service-requests'], ['audit'], ['service-queue'], ['queues']], onSuccess },
  );
}
