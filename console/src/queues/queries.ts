/** What the operators' queues ask of the API; each request names its partner itself, whoever one acts for. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { components } from '../api/schema';
import type { ServiceRequest } from '../service-requests/queries';

type Schemas = components['schemas'];
export type QueueCounts = Schemas['QueueCountsView'];
export type Queue = keyof QueueCounts;
export type WaitingRegistration = Schemas['RegistrationView'];
export type WaitingStatus = 'requested' | 'accepted' | 'in_progress';

/** How much waits in each queue; asked again each minute. */
export function useQueueCounts(enabled: boolean) {
  return useQuery({
    queryKey: ['queues'],
    enabled,
    staleTime: 30_000,
    refetchInterval: 60_000,
    queryFn: () => unwrap(api().GET('/queues')),
  });
}

export function useWaitingRegistrations() {
  return useQuery({
    queryKey: ['sms-reviews'],
    queryFn: () => allPages((query) => unwrap(api().GET('/sms-registrations', { params: { query } }))),
  });
}

export function useRegistrationToReview(partnerId: string, accountId: string) {
  return useQuery({
    queryKey: ['sms-reviews', partnerId, accountId],
    queryFn: () =>
      unwrap(
        api().GET('/accounts/{account_id}/sms-registration', {
          params: { path: { account_id: accountId } },
          headers: { 'Partner-Id': partnerId },
        }),
      ),
  });
}

export function useWaitingServices(status: WaitingStatus) {
  return useQuery({
    queryKey: ['service-queue', status],
    queryFn: () =>
      allPages<ServiceRequest>((query) =>
        unwrap(api().GET('/waiting-service-requests', { params: { query: { ...query, status } } })),
      ),
  });
}

export function useServiceRequest(partnerId: string, serviceRequestId: string) {
  return useQuery({
    queryKey: ['service-queue', partnerId, serviceRequestId],
    queryFn: () =>
      unwrap(
        api().GET('/service-requests/{service_request_id}', {
          params: { path: { service_request_id: serviceRequestId } },
          headers: { 'Partner-Id': partnerId },
        }),
      ),
  });
}
