/** What the imports' pages ask of the API, and the upload to the bucket. */
import { keepPreviousData, type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import { ProblemError, unreachable } from '../api/problem';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import { text } from '../text/en';
import { rejectedRows } from './rejected';

type Schemas = components['schemas'];
export type Import = Schemas['ImportView'];
export type ImportKind = Schemas['ImportKind'];
export type ImportStatus = Schemas['ImportStatus'];
export type DateFormat = Schemas['DateFormat'];
export type Preview = Schemas['ImportPreview'];
export type PreviewRow = Schemas['PreviewRowView'];
type UploadForm = Schemas['UploadForm'];

const IMPORTS: QueryKey = ['imports'];
const isUnderWay = ({ status }: Import): boolean => status === 'running';

export function useImports() {
  return useQuery({
    queryKey: IMPORTS,
    queryFn: () => allPages((query) => unwrap(api().GET('/imports', { params: { query } })), 2),
    refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? 2_000 : false),
  });
}

export function useImport(importId: string) {
  return useQuery({
    queryKey: ['imports', importId],
    queryFn: () => unwrap(api().GET('/imports/{import_id}', { params: { path: { import_id: importId } } })),
    refetchInterval: (query) => (query.state.data && isUnderWay(query.state.data) ? 1_000 : false),
  });
}

export interface NewImport {
  kind: ImportKind;
  file: File;
}

const PREVIEW = 'import-preview';

/**
 * Asks for an upload form and sends the file straight to the bucket; the import is started from its preview. An import
 * that was not started is given again: what was seen of its former file must not stand for the new one.
 */
export function useNewImport(onSuccess: (importId: string) => void) {
  const client = useQueryClient();
  return useChange<string, NewImport>(
    async ({ kind, file }, key) => {
      const { import_id, upload } = await unwrap(
        api().POST('/imports', { params: { header: { 'Idempotency-Key': key } }, body: { kind } }),
      );
      if (upload) await send(upload, file);
      client.removeQueries({ queryKey: [PREVIEW, import_id] });
      return import_id;
    },
    { stale: [IMPORTS], onSuccess },
  );
}

async function send({ url, fields }: UploadForm, file: File): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const answer = await fetch(url, { method: 'POST', body: form }).catch(() => {
    throw unreachable();
  });
  if (!answer.ok)
    throw new ProblemError({ title: text.imports.failedTitle, detail: text.problems.unknown }, answer.status);
}

export interface StartImport {
  importId: string;
  dateFormat: DateFormat;
}

export function useStartImport() {
  return useChange<Import, StartImport>(
    ({ importId, dateFormat }, key) =>
      unwrap(
        api().POST('/imports/{import_id}/start', {
          params: {
            path: { import_id: importId },
            query: { date_format: dateFormat },
            header: { 'Idempotency-Key': key },
          },
        }),
      ),
    { stale: [IMPORTS] },
  );
}

/**
 * The first rows of the uploaded file, read in the format that was picked, or else in the one that fits alone.
 * Its key is its own: starting the import makes imports stale, and there is no preview of a started one (409).
 */
export function usePreview(importId: string, picked: DateFormat | null) {
  return useQuery({
    queryKey: [PREVIEW, importId, picked],
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const first = await preview(importId, picked ?? 'YYYY-MM-DD');
      const [only, ...others] = first.date_formats;
      const isOther = picked === null && only !== undefined && others.length === 0 && only !== first.date_format;
      return isOther ? preview(importId, only) : first;
    },
  });
}

const preview = (importId: string, dateFormat: DateFormat): Promise<Preview> =>
  unwrap(
    api().GET('/imports/{import_id}/preview', {
      params: { path: { import_id: importId }, query: { date_format: dateFormat } },
    }),
  );

/** The template of a kind, as the text of a file. */
export async function importTemplate(kind: ImportKind): Promise<string> {
  return unwrap(api().GET('/imports/template', { params: { query: { kind } }, parseAs: 'text' }));
}

/** The rejected rows, from the result file. */
export function useRejected(importId: string, url: string) {
  return useQuery({
    queryKey: ['imports', importId, 'rejected'],
    queryFn: async () => rejectedRows(await resultText(url)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function resultText(url: string): Promise<string> {
  const answer = await fetch(url).catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw unreachable();
  return answer.text();
}
