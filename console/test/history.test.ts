/** The history: each change as a sentence, without what only the machinery needs. */
import { describe, expect, it } from 'vitest';
import { changesInWords } from '../src/audit/change';
import { kindInWords } from '../src/audit/entry';

const change = (field: string, old: string | null, now: string | null) => changesInWords([{ field, old, new: now }])[0];

describe('a change', () => {
  it('says codes in words', () => {
    expect(change('plan', 'trial', 'premium')).toBe('Plan: Trial → Premium');
    expect(change('add_ons', 'inbox_preview, sms', 'sms')).toBe('Add-ons: Inbox Preview, SMS → SMS');
    expect(change('holds', 'suspended', '')).toBe('Holds: Suspended → none');
  });

  it('says days, amounts and yes or no as people read them', () => {
    expect(change('permission_ends_on', null, '2026-12-22')).toBe('Permission ends on: Dec 22, 2026');
    expect(change('budget', null, 'amount: 120050, currency: USD')).toBe('Budget: $1,200.50');
    expect(change('may_contact_client', 'False', 'True')).toBe('May contact the client: No → Yes');
  });

  it('of personal data says only that it was changed', () => {
    expect(change('owner', null, null)).toBe('Owner changed');
  });

  it('tells the parts of a value that are there, each in its own words', () => {
    const asked = 'report: cancels-and-move-outs, formats: csv, pdf, account_status: None, bonus_account_ids: None';
    expect(change('request', null, asked)).toBe('Request: Report: Cancels and Move-Outs; Formats: CSV, PDF');
  });

  it('is left out where it is an id, a moment of the entry itself, or nothing before and after', () => {
    const machinery = [
      'account_id',
      'partner_id',
      'member',
      'requested_by',
      'changed_at',
      'lease_expires_at',
      'erased',
      'attempts',
      'counts',
      'upload',
    ];
    expect(changesInWords(machinery.map((field) => ({ field, old: 'a', new: 'b' })))).toEqual([]);
    expect([change('holds', null, null), change('filters', null, null)]).toEqual([undefined, undefined]);
    expect(change('settings.time_zone', 'UTC', 'Europe/Rome')).toBe('Time zone: UTC → Europe/Rome');
    expect(change('partner_account_id', null, '4711')).toBe('Your own id: 4711');
  });
});

it('names what was done, and makes a newer kind readable', () => {
  expect([kindInWords('account.hold_placed'), kindInWords('account.sold_on')]).toEqual(['Hold set', 'Account sold on']);
});
