/** What is kept in this browser, and for whom: every key of its storage is made here. */

/** Kept for whoever uses the browser: nothing that tells of a person, a partner or its accounts. */
export type DeviceKey = 'scheme' | 'density' | 'single-keys' | 'has-session';
/** Kept for one person at one partner. */
export type PersonalKey = 'account-views' | 'acting-partner';

export interface StorageOwner {
  subject: string;
  partnerId: string | null;
}

export const deviceKey = (name: DeviceKey): string => name;

export const personalKey = (name: PersonalKey, { subject, partnerId }: StorageOwner): string =>
  [name, subject, partnerId ?? ''].map(encodeURIComponent).join('/');
