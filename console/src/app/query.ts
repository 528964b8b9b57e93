/** Server state: how long it is fresh, what is tried again, and how changes are sent. */
import { MutationCache, QueryClient, useMutation, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { Intent } from '../api/intent';
import { isPassing, ProblemError } from '../api/problem';

function tryAgain(count: number, error: unknown): boolean {
  return count < 2 && isPassing(error);
}

function wait(attempt: number, error: unknown): number {
  const asked = error instanceof ProblemError && error.retryAfter ? error.retryAfter * 1000 : 0;
  return Math.max(asked, 400 * 2 ** attempt) + Math.random() * 200;
}

export const queryClient = new QueryClient({
  mutationCache: new MutationCache(),
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 300_000, retry: tryAgain, retryDelay: wait, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: tryAgain, retryDelay: wait, networkMode: 'always' },
  },
});

interface ChangeOptions<T, V> {
  /** What the change makes out of date. */
  stale?: QueryKey[] | ((result: T, variables: V) => QueryKey[]);
  onSuccess?: (result: T, variables: V) => void;
  onError?: (error: unknown, variables: V) => void;
}

/** A change sent to the server; `key` is one Idempotency-Key for one intent, kept over retries. */
export function useChange<T, V = void>(
  send: (variables: V, key: string) => Promise<T>,
  options: ChangeOptions<T, V> = {},
): UseMutationResult<T, unknown, V> {
  const client = useQueryClient();
  const intent = useRef(new Intent());
  return useMutation({
    mutationFn: (variables: V) => send(variables, intent.current.keyFor(variables)),
    onSuccess: (result, variables) => {
      intent.current.done();
      const stale = typeof options.stale === 'function' ? options.stale(result, variables) : options.stale;
      for (const queryKey of stale ?? []) void client.invalidateQueries({ queryKey });
      options.onSuccess?.(result, variables);
    },
    onError: (error, variables) => {
      if (!isPassing(error)) intent.current.done();
      options.onError?.(error, variables);
    },
  });
}
