/** The list of accounts as it was last looked at: back from an account, it stands there again. */
let location = '/accounts';

export function setListLocation(query: string): void {
  location = query ? `/accounts?${query}` : '/accounts';
}

export const listLocation = (): string => location;

/** Where somebody was in the list, and the account that was opened from there. */
interface Place {
  location: string;
  scrollTop: number;
  accountId?: string;
}

let place: Place | null = null;

export function leaveList(scrollTop: number): void {
  place = { location, scrollTop };
}

/** Notes which account is looked at: coming straight from it leads back to its row. */
export function visitAccount(accountId: string): void {
  if (place) place = { ...place, accountId };
}

/** Where to go on in the list that is opened now; nowhere in particular unless an account was opened from this one. */
export function returnToList(query: string): Place | null {
  const here = query ? `/accounts?${query}` : '/accounts';
  return place?.accountId && place.location === here ? place : null;
}

export function forgetPlace(): void {
  place = null;
}
