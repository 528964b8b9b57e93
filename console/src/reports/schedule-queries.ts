/** What the pages of schedules and deliveries ask of the API. */
import { type QueryKey, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import { useChange } from '../api/query';
import type { components } from '../api/schema';

type Schemas = components['schemas'];
export type Schedule = Schemas['ReportScheduleView'];
export type Timing = Schemas['TimingBody'];
export type NewSchedule = Schemas['NewReportSchedule'];
export type Delivery = Schemas['DeliveryView'];

const SCHEDULES: QueryKey = ['schedules'];
const scheduleParams = (id: string) => ({ path: { report_schedule_id: id } });

export function useSchedules() {
  return useQuery({
    queryKey: SCHEDULES,
    queryFn: () => allPages((query) => unwrap(api().GET('/report-schedules', { params: { query } }))),
  });
}

export function useAddSchedule(onSuccess: () => void) {
  return useChange<unknown, NewSchedule>(
    (body, key) => unwrap(api().POST('/report-schedules', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: [SCHEDULES], onSuccess },
  );
}

export interface ScheduleChange {
  schedule: Schedule;
  change: Schemas['ReportScheduleChange'];
}

export function useChangeSchedule(onSuccess: (change: ScheduleChange['change']) => void) {
  return useChange<unknown, ScheduleChange>(
    ({ schedule, change }, key) =>
      unwrap(
        api().PATCH('/report-schedules/{report_schedule_id}', {
          params: {
            ...scheduleParams(schedule.report_schedule_id),
            header: { 'If-Match': `"${schedule.version}"`, 'Idempotency-Key': key },
          },
          body: change,
        }),
      ),
    { stale: [SCHEDULES], onSuccess: (_, { change }) => onSuccess(change) },
  );
}

export function useDeleteSchedule(onSuccess: () => void) {
  return useChange<unknown, string>(
    (id, key) =>
      unwrap(
        api().DELETE('/report-schedules/{report_schedule_id}', {
          params: { ...scheduleParams(id), header: { 'Idempotency-Key': key } },
        }),
      ),
    { stale: [SCHEDULES], onSuccess },
  );
}

export function useTrySchedule(onSuccess: () => void) {
  return useChange<unknown, string>(
    (id, key) =>
      unwrap(
        api().POST('/report-schedules/{report_schedule_id}/runs', {
          params: { ...scheduleParams(id), header: { 'Idempotency-Key': key } },
        }),
      ),
    { stale: [['reports', 'list']], onSuccess },
  );
}

const DELIVERIES: QueryKey = ['deliveries'];

export function useDeliveries() {
  return useQuery({
    queryKey: DELIVERIES,
    queryFn: () => allPages((query) => unwrap(api().GET('/deliveries', { params: { query } })), 3),
  });
}

export function useResend(onSuccess: () => void) {
  return useChange<unknown, string>(
    (id, key) =>
      unwrap(
        api().POST('/deliveries/{delivery_id}/resend', {
          params: { path: { delivery_id: id }, header: { 'Idempotency-Key': key } },
        }),
      ),
    { stale: [DELIVERIES], onSuccess },
  );
}
