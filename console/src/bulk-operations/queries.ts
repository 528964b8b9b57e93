/** What bulk operations ask of the API: a preview, the start, how far one is, and what became of each account. */
import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, unwrap } from '../api/client';
import { allPages } from '../api/pages';
import { useChange } from '../api/query';
import type { components } from '../api/schema';
import { saveText } from '../ui/save-text';

type Schemas = components['schemas'];
export type BulkOperation = Schemas['BulkOperationView'];
export type BulkRequest = Omit<Schemas['NewBulkOperation'], 'dry_run'>;
export type OperationName = Schemas['OperationName'];
export type Outcome = Schemas['BulkOutcome'];
export type AccountOutcome = Schemas['AccountOutcomeView'];

const OPERATIONS: QueryKey = ['bulk-operations'];
/** What an operation changes under way and at its end. */
const CHANGED: QueryKey[] = [['accounts'], ['summary'], ['audit'], ['departures']];
export const isRunning = ({ status }: BulkOperation): boolean => status === 'running';

const send = (body: Schemas['NewBulkOperation'], key: string): Promise<BulkOperation> =>
  unwrap(api().POST('/bulk-operations', { params: { header: { 'Idempotency-Key': key } }, body }));

/** What an operation would do, as things are now; nothing is written. */
export function usePreview() {
  return useChange<BulkOperation, BulkRequest>((body, key) => send({ ...body, dry_run: true }, key));
}

/** Hands an operation to the server, which goes on whatever becomes of this page. */
export function useStart(onSuccess: (operation: BulkOperation) => void) {
  const client = useQueryClient();
  return useChange<BulkOperation, BulkRequest>(send, {
    stale: [OPERATIONS],
    onSuccess: (operation) => {
      // Shown as it began, so that its end is noticed however soon it comes.
      client.setQueryData([...OPERATIONS, operation.bulk_operation_id], operation);
      onSuccess(operation);
    },
  });
}

export function useStop() {
  return useChange<BulkOperation, string>(
    (id, key) =>
      unwrap(
        api().POST('/bulk-operations/{bulk_operation_id}/stop', {
          params: { path: { bulk_operation_id: id }, header: { 'Idempotency-Key': key } },
        }),
      ),
    { stale: [OPERATIONS] },
  );
}

export function useBulkOperations() {
  return useQuery({
    queryKey: OPERATIONS,
    queryFn: () => allPages((query) => unwrap(api().GET('/bulk-operations', { params: { query } })), 1),
    refetchInterval: (query) => (query.state.data?.some(isRunning) ? 2_000 : false),
  });
}

/** One operation, asked for again while it runs; `onEnd` is told once when it has ended under one's eyes. */
export function useBulkOperation(id: string, onEnd?: (operation: BulkOperation) => void) {
  const client = useQueryClient();
  const wasRunning = useRef(false);
  const query = useQuery({
    queryKey: [...OPERATIONS, id],
    queryFn: ({ signal }) =>
      unwrap(
        api().GET('/bulk-operations/{bulk_operation_id}', { params: { path: { bulk_operation_id: id } }, signal }),
      ),
    refetchInterval: ({ state }) => (state.data && !isRunning(state.data) ? false : 1_000),
  });
  const { data } = query;
  useEffect(() => {
    if (!data) return;
    if (wasRunning.current && !isRunning(data)) {
      onEnd?.(data);
      for (const queryKey of CHANGED) void client.invalidateQueries({ queryKey });
    }
    wasRunning.current = isRunning(data);
  }, [data, onEnd, client]);
  return query;
}

const outcomesPath = (id: string) => ({ path: { bulk_operation_id: id } });

/** Accounts with this outcome, at most so many pages of two hundred. */
export const readOutcomes = (id: string, outcome: Outcome, pages?: number): Promise<AccountOutcome[]> =>
  allPages(
    (query) =>
      unwrap(
        api().GET('/bulk-operations/{bulk_operation_id}/results', {
          params: { ...outcomesPath(id), query: { ...query, outcome } },
        }),
      ),
    pages,
  );

export function useOutcomes(id: string, outcome: Outcome, enabled: boolean) {
  return useQuery({
    queryKey: [...OPERATIONS, id, outcome],
    enabled,
    queryFn: () => readOutcomes(id, outcome, 1),
  });
}

/** The outcome of each account as a file. */
export async function saveOutcomes(id: string): Promise<void> {
  const content = await unwrap(
    api().GET('/bulk-operations/{bulk_operation_id}/results/csv', { params: outcomesPath(id), parseAs: 'text' }),
  );
  saveText(`${id}.csv`, content);
}
