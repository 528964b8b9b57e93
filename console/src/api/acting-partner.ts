/** For which partner somebody acts who has to name it: operators, and people on the teams of several partners. */
import { useSyncExternalStore } from 'react';

let partnerId: string | null = null;
const listeners = new Set<() => void>();

export const actingPartner = (): string | null => partnerId;

export function setActingPartner(next: string | null): void {
  partnerId = next;
  for (const listener of listeners) listener();
}

export function useActingPartner(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => partnerId,
  );
}
