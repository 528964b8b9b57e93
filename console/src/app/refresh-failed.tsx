/** Says that what is shown could not be read again, whichever page shows it, and reads it again when asked to. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { isGone } from '../api/problem';
import { text } from '../text/en';
import { formatMoment } from '../text/format';
import { Button } from '../ui/button';
import { Note } from '../ui/page';

/** When the oldest of what could not be read again was read; 0 where all of it is up to date. */
function staleSince(client: QueryClient): number {
  const failed = client
    .getQueryCache()
    .findAll({ type: 'active' })
    .filter(({ state }) => state.status === 'error' && state.data !== undefined && !isGone(state.error));
  return failed.length === 0 ? 0 : Math.min(...failed.map(({ state }) => state.dataUpdatedAt));
}

export function RefreshFailed() {
  const client = useQueryClient();
  const subscribe = useCallback((onChange: () => void) => client.getQueryCache().subscribe(onChange), [client]);
  const since = useSyncExternalStore(subscribe, () => staleSince(client));
  if (since === 0) return null;
  const readAgain = () =>
    void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
  return (
    <div role="status">
      <Note tone="warn">
        {text.states.refreshFailed(formatMoment(new Date(since).toISOString()))}{' '}
        <Button small onPress={readAgain}>
          {text.actions.tryAgain}
        </Button>
      </Note>
    </div>
  );
}
