/** The list of accounts as it was last looked at: back from an account, it stands there again. */
let location = '/accounts';

export function setListLocation(query: string): void {
  location = query ? `/accounts?${query}` : '/accounts';
}

export const listLocation = (): string => location;
