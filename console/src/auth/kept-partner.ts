/** For which partner somebody acts, kept for a reload of this tab and, as the last choice, for the next one. */
import { personalKey } from './browser-storage';

const owner = (subject: string) => ({ subject, partnerId: null });

export function keptPartner(subject: string): string | null {
  return (
    sessionStorage.getItem(personalKey('acting-partner', owner(subject))) ??
    localStorage.getItem(personalKey('acting-partner', owner(subject)))
  );
}

export function keepPartner(subject: string, partnerId: string | null): void {
  for (const storage of [sessionStorage, localStorage]) {
    if (partnerId === null) storage.removeItem(personalKey('acting-partner', owner(subject)));
    else storage.setItem(personalKey('acting-partner', owner(subject)), partnerId);
  }
}
