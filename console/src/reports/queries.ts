/** What the reports' pages ask of the API. */
import { type InfiniteData, type QueryKey, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountQuery } from '../account-filters/filters';
import { api, unwrap } from '../api/client';
import { ProblemError } from '../api/problem';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import type { StatusCode } from '../api/types';
import { text } from '../text/en';
import { splitStyles } from './preview-html';
import { watchRun } from './watched-runs';

type Schemas = components['schemas'];
export type ReportCode = Schemas['ReportRunView']['report'];
export type RunStatus = Schemas['ReportRunStatus'];
export type FileFormat = Schemas['ReportRunView']['formats'][number];

export interface ReportRequest {
  report: ReportCode;
  formats: FileFormat[];
  account_status?: StatusCode;
  filters?: AccountQuery;
  email_to?: string[];
}

export type ReportFile = Schemas['ReportFileView'];
export type ReportRun = Schemas['ReportRunView'];

const RUNS: QueryKey = ['reports', 'list'];
const runKey = (runId: string): QueryKey => ['reports', 'one', runId];
export const isUnderWay = (status: RunStatus | undefined): boolean => status === 'requested' || status === 'running';

export function useRuns() {
  return useInfiniteQuery({
    queryKey: RUNS,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(api().GET('/reports', { params: { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } } })),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((run) => isUnderWay(run.status))) ? 800 : false,
  });
}

const getRun = (runId: string): Promise<ReportRun> =>
  unwrap(api().GET('/reports/{report_run_id}', { params: { path: { report_run_id: runId } } }));

type RunPage = { items: ReportRun[] };

/** The list with this run as it is now: whoever goes back to the list sees no older state of it. */
function withRun(shown: InfiniteData<RunPage> | undefined, run: ReportRun): InfiniteData<RunPage> | undefined {
  const now = (item: ReportRun) => (item.report_run_id === run.report_run_id ? run : item);
  return shown && { ...shown, pages: shown.pages.map((page) => ({ ...page, items: page.items.map(now) })) };
}

export function useRun(runId: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: runKey(runId),
    queryFn: async () => {
      const run = await getRun(runId);
      client.setQueryData<InfiniteData<RunPage>>(RUNS, (shown) => withRun(shown, run));
      return run;
    },
    refetchInterval: (query) => (isUnderWay(query.state.data?.status) ? 1_000 : false),
  });
}

export function useRunReport(onSuccess: (run: { report_run_id: string }) => void) {
  return useChange<{ report_run_id: string }, ReportRequest>(
    (body, key) => unwrap(api().POST('/reports', { params: { header: { 'Idempotency-Key': key } }, body })),
    {
      stale: [RUNS],
      onSuccess: (run) => {
        watchRun(run.report_run_id);
        onSuccess(run);
      },
    },
  );
}

const keyed = (runId: string, key: string) => ({
  params: { path: { report_run_id: runId }, header: { 'Idempotency-Key': key } },
});

export function useDeleteRun(onSuccess: () => void) {
  const client = useQueryClient();
  return useChange<unknown, string>(
    (runId, key) => unwrap(api().DELETE('/reports/{report_run_id}', keyed(runId, key))),
    {
      stale: [RUNS],
      onSuccess: (_, runId) => {
        client.removeQueries({ queryKey: runKey(runId) });
        onSuccess();
      },
    },
  );
}

export function useRevokeLinks(onSuccess: () => void) {
  return useChange<unknown, string>(
    (runId, key) => unwrap(api().DELETE('/reports/{report_run_id}/links', keyed(runId, key))),
    { onSuccess },
  );
}

/** A fresh address of one file; such addresses live for minutes, so each use asks anew. */
export async function downloadUrl(runId: string, format: string): Promise<string> {
  const run = await getRun(runId);
  const url = run.files.find((file) => file.format === format)?.download.url;
  if (!url) throw new ProblemError({ detail: text.reports.details.gone }, 410);
  return url;
}

/** The HTML file of a run, made ready for a frame that can run nothing. */
export function usePreview(runId: string, format: string) {
  return useQuery({
    queryKey: ['reports', 'preview', runId],
    queryFn: async () => {
      const answer = await fetch(await downloadUrl(runId, format));
      if (!answer.ok) throw new ProblemError({ detail: text.reports.details.previewFailed }, answer.status);
      return splitStyles(await answer.text());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
