/** Short names for the things the API answers with, as its OpenAPI describes them. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type StatusCode = Schemas['Status'];
export type AccountType = Schemas['AccountType'];
export type BillingMode = Schemas['BillingMode'];
export type Plan = Schemas['Plan'];
export type AddOn = Schemas['AddOn'];
export type Hold = Schemas['Hold'];
export type CancelReason = Schemas['CancelReason'];
export type BonusStatus = Schemas['BonusStatus'];
export type RegistrationStatus = Schemas['RegistrationStatus'];
export type Account = Schemas['AccountView'];
/** As the API answers it: without a role while somebody on several teams has chosen none. */
export type Person = Schemas['MeView'];
/** Somebody who acts in a role. */
export type Me = Person & { role: Role };

/** The formats of a report. */
export type Format = Schemas['SettingsView']['tracker_formats'][number];

export interface Page<T> {
  items: T[];
  next?: string;
}
