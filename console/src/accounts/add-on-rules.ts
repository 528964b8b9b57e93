/** The add-ons, and what an account's own say about them. Whether one can be switched is the API's to say: `refusal`. */
import type { Account, AddOn } from '../api/types';

export const ADD_ONS: AddOn[] = ['sms', 'seo', 'inbox_preview', 'newsletter_archive'];

/** Whether SMS is active and its registration has still to be done. */
export function registrationIsDue({ add_ons: { sms } }: Account): boolean {
  if (sms.entitlement !== 'active' || sms.usable) return false;
  return ['not_started', 'draft', 'rejected'].includes(sms.registration ?? 'not_started');
}
