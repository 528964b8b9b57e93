/** Accounts: who may switch an add-on and why not, reading the list in its order, and bulk changes. */
import { describe, expect, it } from 'vitest';
import { billingEffect } from '../src/accounts/add-on-payers';
import { registrationIsDue } from '../src/accounts/add-on-rules';
import { countOutcomes, type Result, runConcurrently, withResult } from '../src/accounts/bulk-run';
import { firstPage, type PageStart, readPage } from '../src/accounts/status-ordered-pages';
import { readViews, withView } from '../src/accounts/views';
import type { Account } from '../src/api/types';

function account(changes: object = {}): Account {
  const inactive = { entitlement: 'inactive', usable: false };
  return {
    account_type: 'managed',
    billing_mode: 'single_bill',
    status: 'O',
    plan: 'standard',
    holds: [],
    add_ons: {
      sms: { ...inactive, registration: 'not_started' },
      seo: inactive,
      inbox_preview: inactive,
      newsletter_archive: inactive,
    },
    ...changes,
  } as unknown as Account;
}

describe('a change of billing', () => {
  const active = (payer: 'partner' | 'client') => ({ entitlement: 'active' as const, usable: true, payer });

  it('names what you pay for and will end', () => {
    const shown = account();
    Object.assign(shown.add_ons, { seo: active('partner'), sms: active('client') });
    expect(billingEffect(shown, 'direct')).toContain('SEO');
    expect(billingEffect(shown, 'direct')).not.toContain('SMS');
    expect(billingEffect(shown, 'single_bill')).toBeNull();
  });

  it('names what the client pays for and will keep', () => {
    const shown = account({ billing_mode: 'direct' });
    shown.add_ons.inbox_preview = active('client');
    expect(billingEffect(shown, 'single_bill')).toContain('The client activated Inbox Preview');
  });

  it('says nothing where it touches no add-on', () => {
    expect(billingEffect(account(), 'direct')).toBeNull();
  });
});

describe('an SMS registration is due', () => {
  it.each([
    ['active', 'not_started', true],
    ['active', 'draft', true],
    ['active', 'rejected', true],
    ['active', 'submitted', false],
    ['active', 'approved', false],
    ['inactive', 'not_started', false],
  ])('with SMS %s and the registration %s: %s', (entitlement, registration, due) => {
    const shown = account();
    shown.add_ons.sms = { entitlement, registration, usable: false } as Account['add_ons']['sms'];
    expect(registrationIsDue(shown)).toBe(due);
  });
});

/** A list whose pages hold what each status has, cut into pages of two. */
function shelf(rows: Record<string, string[]>) {
  const asked: string[] = [];
  const read = (place: PageStart, limit: number) => {
    asked.push(`${place.status}${place.cursor ?? ''}`);
    const all = rows[place.status] ?? [];
    const from = Number(place.cursor ?? 0);
    const to = Math.min(from + Math.min(2, limit), all.length);
    return Promise.resolve({
      items: all.slice(from, to),
      settled_on: '2026-11-01',
      ...(to < all.length ? { next: String(to) } : {}),
    });
  };
  return { asked, read };
}

describe('reading the list', () => {
  it('goes through open, trial, expired and cancelled accounts, and fills short pages up', async () => {
    const { asked, read } = shelf({ O: ['a', 'b', 'c'], E: ['d'], C: ['e'] });
    const page = await readPage(firstPage(undefined), undefined, read);
    expect(page).toEqual({ items: ['a', 'b', 'c', 'd', 'e'], settled_on: '2026-11-01' });
    expect(asked).toEqual(['O', 'O2', 'T', 'E', 'C']);
  });

  it('stays with the one status that is asked for', async () => {
    const { asked, read } = shelf({ O: ['a'], T: ['b'] });
    expect((await readPage(firstPage('T'), 'T', read)).items).toEqual(['b']);
    expect(asked).toEqual(['T']);
  });

  it('stops at a full page and says where to go on', async () => {
    const { read } = shelf({ O: Array.from({ length: 300 }, (_, index) => `a${index}`), T: ['z'] });
    const first = await readPage(firstPage(undefined), undefined, read);
    expect([first.items.length, first.start]).toEqual([200, { status: 'O', cursor: '200' }]);
    const second = await readPage(first.start as PageStart, undefined, read);
    expect([second.items.length, second.start]).toEqual([101, undefined]);
  });
});

describe('a bulk change', () => {
  it('asks for each, a few at a time, and keeps every result', async () => {
    let running = 0;
    let most = 0;
    const change = async (name: string): Promise<Result> => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
      return { key: name, name, outcome: name === 'c' ? 'failed' : 'changed' };
    };
    let results: Result[] = [];
    const tell = (result: Result) => {
      results = withResult(results, result);
    };
    await runConcurrently(['a', 'b', 'c', 'd', 'e', 'f'], change, tell, () => false);
    expect(countOutcomes(results)).toEqual({ changed: 5, unchanged: 0, failed: 1 });
    expect(most).toBeLessThanOrEqual(4);
  });

  it('starts no more once it is stopped', async () => {
    const done: string[] = [];
    const change = (name: string): Promise<Result> => {
      done.push(name);
      return Promise.resolve({ key: name, name, outcome: 'changed' });
    };
    await runConcurrently(
      ['a', 'b', 'c'],
      change,
      () => undefined,
      () => done.length >= 1,
    );
    expect(done).toEqual(['a']);
  });

  it('lists once who is tried again, with the last result', () => {
    const failed: Result = { key: 'a', name: 'A', outcome: 'failed' };
    const other: Result = { key: 'b', name: 'B', outcome: 'changed' };
    expect(withResult([failed, other], { ...failed, outcome: 'changed' })).toEqual([
      other,
      { ...failed, outcome: 'changed' },
    ]);
  });
});

describe('saved views', () => {
  it('replace one of the same name and stand by name', () => {
    const views = withView(withView([{ name: 'B', query: 'plan=lite' }], { name: 'A', query: '' }), {
      name: 'B',
      query: 'plan=premium',
    });
    expect(views).toEqual([
      { name: 'A', query: '' },
      { name: 'B', query: 'plan=premium' },
    ]);
  });

  it.each(['', 'nonsense', '{}', '[1,{"name":2}]'])('that cannot be read (%s) are none', (stored) => {
    expect(readViews(stored)).toEqual([]);
  });
});
