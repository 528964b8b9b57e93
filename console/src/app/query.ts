/** Server state: how long it is fresh, what is tried again, and how changes are sent. */
import { QueryClient, useMutation, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { Intent } from '../api/intent';
import { isConflict, isPassing, ProblemError } from '../api/problem';

function tryAgain(count: number, error: unknown): boolean {
  return count < 2 && isPassing(error);
}

function wait(attempt: number, error: unknown): number {
  const asked = error instanceof ProblemError && error.retryAfter ? error.retryAfter * 1000 : 0;
  return Math.max(asked, 400 * 2 ** attempt) + Math.random() * 200;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 300_000, retry: tryAgain, retryDelay: wait, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: tryAgain, retryDelay: wait, networkMode: 'always' },
  },
});

/** Sends one of many as a change is sent: again, after what passes. The key has to stay the same. */
export async function sendPatiently<T>(send: () => Promise<T>): Promise<T> {
  for (let count = 0; ; count += 1) {
    try {
      return await send();
    } catch (error) {
      if (!tryAgain(count, error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait(count, error)));
    }
  }
}

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
  const intent = useRef(new Intent());
  const readAgain = (keys: QueryKey[] = []) => keys.forEach((queryKey) => void client.invalidateQueries({ queryKey }));
  return useMutation({
    mutationFn: (variables: V) => send(variables, intent.current.keyFor(variables)),
    onSuccess: (result, variables) => {
      intent.current.done();
      readAgain(options.stale);
      options.onSuccess?.(result, variables);
    },
    onError: (error, variables) => {
      if (!isPassing(error)) intent.current.done();
      if (isConflict(error)) readAgain(options.stale);
      options.onError?.(error, variables);
    },
  });
}
