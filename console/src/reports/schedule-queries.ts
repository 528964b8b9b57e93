/** What the pages of schedules and deliveries ask of the API. */
import { useQuery, type QueryKey } from '@tanstack/react-query';
import { later, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import type { Page, StatusCode } from '../api/types';
import { useChange } from '../app/query';
import type { FileFormat, ReportCode, ReportRequest, ReportRun } from './queries';

export type Frequency = 'daily' | 'weekly' | 'monthly';
export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

export interface Timing {
  frequency: Frequency;
  hour: number;
  minute: number;
  weekday?: Weekday | null;
  day?: number | null;
}

export interface Schedule {
  report_schedule_id: string;
  report: ReportCode;
  formats: FileFormat[];
  account_status: StatusCode | null;
  filters: ReportRun['filters'];
  email_to: string[];
  timing: Timing;
  paused: boolean;
  next_run_at: string | null;
  last_report_run_id?: string | null;
  version: number;
}

export type NewSchedule = ReportRequest & { timing: Timing };

const SCHEDULES: QueryKey = ['schedules'];
const one = (id: string, header: Record<string, string> = {}) => ({ path: { report_schedule_id: id }, header });

export function useSchedules() {
  return useQuery({
    queryKey: SCHEDULES,
    queryFn: () => allPages((query) => unwrap(later().GET('/report-schedules', { params: { query } })) as Promise<Page<Schedule>>),
  });
}

export function useAddSchedule(onSuccess: () => void) {
  return useChange<unknown, NewSchedule>(
    (body, key) => unwrap(later().POST('/report-schedules', { params: { header: { 'Idempotency-Key': key } }, body })),
    { stale: [SCHEDULES], onSuccess },
  );
}

export function usePauseSchedule() {
  return useChange<unknown, { schedule: Schedule; paused: boolean }>(
    ({ schedule, paused }) =>
      unwrap(
        later().PATCH('/report-schedules/{report_schedule_id}', {
          params: one(schedule.report_schedule_id, { 'If-Match': `"${schedule.version}"` }),
          body: { paused },
        }),
      ),
    { stale: [SCHEDULES] },
  );
}

export function useDeleteSchedule(onSuccess: () => void) {
  return useChange<unknown, string>(
    (id) => unwrap(later().DELETE('/report-schedules/{report_schedule_id}', { params: one(id) })),
    { stale: [SCHEDULES], onSuccess },
  );
}

export function useTrySchedule(onSuccess: () => void) {
  return useChange<unknown, string>(
    (id, key) =>
      unwrap(later().POST('/report-schedules/{report_schedule_id}/runs', { params: one(id, { 'Idempotency-Key': key }) })),
    { stale: [['reports', 'list']], onSuccess },
  );
}

export interface Delivery {
  delivery_id: string;
  kind: string;
  state: string;
  address: string | null;
  report_run_id?: string | null;
  queued_at: string;
  sent_at?: string | null;
  reason?: string | null;
}

const DELIVERIES: QueryKey = ['deliveries'];

export function useDeliveries() {
  return useQuery({
    queryKey: DELIVERIES,
    queryFn: () => allPages((query) => unwrap(later().GET('/deliveries', { params: { query } })) as Promise<Page<Delivery>>, 3),
  });
}

export function useResend(onSuccess: () => void) {
  return useChange<unknown, string>(
    (id, key) =>
      unwrap(
        later().POST('/deliveries/{delivery_id}/resend', { params: { path: { delivery_id: id }, header: { 'Idempotency-Key': key } } }),
      ),
    { stale: [DELIVERIES], onSuccess },
  );
}
