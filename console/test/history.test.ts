/** The history: each change as a sentence, without what only the machinery needs. */
import { describe, expect, it } from 'vitest';
import { changesInWords } from '../src/audit/change';
import { kindInWords } from '../src/audit/entry';
import { grouped } from '../src/audit/grouping';
import type { AuditEntry } from '../src/audit/queries';

const change = (field: string, old: string | null, now: string | null) => changesInWords([{ field, old, new: now }])[0];

describe('a change', () => {
  it('says codes in words', () => {
    expect(change('plan', 'trial', 'premium')).toBe('Plan: Trial → Premium');
    expect(change('add_ons', 'inbox_preview, sms', 'sms')).toBe('Add-ons: Inbox Preview, SMS → SMS');
    expect(change('holds', 'suspended', '')).toBe('Holds: Suspended → none');
  });

  it('says days, amounts and yes or no as people read them', () => {
    expect(change('permission_ends_on', null, '2026-12-22')).toBe('Permission request expires: Dec 22, 2026');
    expect(change('budget', null, 'amount: 120050, currency: USD')).toBe('Budget: $1,200.50');
    expect(change('may_contact_client', 'False', 'True')).toBe('May contact the client: No → Yes');
  });

  it('is called as its form calls it', () => {
    expect(change('privacy_policy_url', null, null)).toBe('Privacy policy URL changed');
    expect(change('opt_in_type', null, 'web_form')).toBe('How people opt in: On a web form');
    expect(change('status', 'requested', 'in_progress')).toBe('Status: Requested → In progress');
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

describe('one import', () => {
  const batch = (id: string, accounts: string, importId = 'imp_1'): AuditEntry => ({
    audit_id: id,
    at: '2026-11-05T12:00:00Z',
    kind: 'import.accounts_written',
    subject: 'ada',
    role: 'partner_admin',
    acting_for: null,
    account_id: null,
    bulk_operation_id: null,
    changes: [
      { field: 'import_id', old: null, new: importId },
      { field: 'lines', old: null, new: '2-31' },
      { field: 'accounts', old: null, new: accounts },
      { field: 'adjusted', old: null, new: '1' },
    ],
  });

  it('is one line with its sums, however many batches it wrote', () => {
    const rows = grouped([batch('a', '30'), batch('b', '30'), batch('c', '12'), batch('d', '5', 'imp_2')]);
    expect(rows.map(({ audit_id, changes }) => [audit_id, changesInWords(changes)])).toEqual([
      ['a', ['Accounts created: 72', 'Adjusted: 3']],
      ['d', ['Accounts created: 5', 'Adjusted: 1']],
    ]);
  });

  it('does not swallow what was done between its batches', () => {
    const between: AuditEntry = { ...batch('x', '0'), kind: 'settings.changed' };
    expect(grouped([batch('a', '30'), between, batch('b', '30')]).map(({ audit_id }) => audit_id)).toEqual([
      'a',
      'x',
      'b',
    ]);
  });
});
