/** Server state: how long it is fresh, what is tried again, and how changes are sent. */
import { QueryClient, type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { IdempotencyKey } from './idempotency';
import { isConflict, isTransient, ProblemError } from './problem';

function shouldRetry(count: number, error: unknown): boolean {
  return count < 2 && isTransient(error);
}

function retryDelay(attempt: number, error: unknown): number {
  const retryAfterMs = error instanceof ProblemError && error.retryAfter ? error.retryAfter * 1000 : 0;
  return Math.max(retryAfterMs, 400 * 2 ** attempt) + Math.random() * 200;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 300_000,
      retry: shouldRetry,
      retryDelay,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { retry: shouldRetry, retryDelay, networkMode: 'always' },
  },
});

interface ChangeOptions<T, V> {
  /** What the change makes out of date, and a refusal shows to have been so already. */
  stale?: QueryKey[];
  onSuccess?: (result: T, variables: V) => void;
  onError?: (error: unknown, variables: V) => void;
}

/** A change sent to the server; `key` is one Idempotency-Key for one intent, kept over retries. */
export function useChange<T, V = void>(
  send: (variables: V, key: string) => Promise<T>,
  options: ChangeOptions<T, V> = {},
): UseMutationResult<T, unknown, V> {
  const client = useQueryClient();
  const idempotencyKey = useRef(new IdempotencyKey());
  const invalidate = (keys: QueryKey[] = []) => keys.forEach((queryKey) => void client.invalidateQueries({ queryKey }));
  return useMutation({
    mutationFn: (variables: V) => send(variables, idempotencyKey.current.keyFor(variables)),
    onSuccess: (result, variables) => {
      idempotencyKey.current.done();
      invalidate(options.stale);
      options.onSuccess?.(result, variables);
    },
    onError: (error, variables) => {
      if (!isTransient(error)) idempotencyKey.current.done();
      if (isConflict(error)) invalidate(options.stale);
      options.onError?.(error, variables);
    },
  });
}
