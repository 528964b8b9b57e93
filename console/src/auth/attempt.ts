/** Work that is under way once, and the problem it ended in; of what is no API's answer a problem is made too. */
import { useState } from 'react';
import { ProblemError } from '../api/problem';

export function usePendingAction() {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = (action: () => Promise<void>): void => {
    setPending(true);
    setError(null);
    action()
      .catch((caught: unknown) =>
        setError(caught instanceof ProblemError ? caught : new ProblemError({ detail: (caught as Error).message }, 0)),
      )
      .finally(() => setPending(false));
  };
  return { isPending, error, run };
}
