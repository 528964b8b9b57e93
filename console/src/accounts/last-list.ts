/** The list of accounts as it was last looked at: back from an account, it stands there again. */
let last = '/accounts';

export function rememberList(query: string): void {
  last = query ? `/accounts?${query}` : '/accounts';
}

export const lastList = (): string => last;
