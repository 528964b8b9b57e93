/** Accounts: who may switch an add-on and why not, reading the list in its order, and bulk changes. */
import { describe, expect, it } from 'vitest';
import { billingEffect } from '../src/accounts/add-on-payers';
import { registrationIsDue } from '../src/accounts/add-on-rules';
import { named, offered, requestOf } from '../src/accounts/bulk-choices';
import { forgetPlace, leaveList, returnToList, setListLocation, visitAccount } from '../src/accounts/list-location';
import { serverOrder } from '../src/accounts/ordering';
import { firstPage, nextPage, type PageStart } from '../src/accounts/status-ordered-pages';
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

describe('reading the list', () => {
  it('goes through open, trial, expired and canceled accounts', () => {
    const asked: (string | undefined)[] = [];
    for (let at: PageStart | undefined = firstPage('O'); at; at = nextPage(at, undefined, undefined))
      asked.push(at.status);
    expect(asked).toEqual(['O', 'T', 'E', 'C']);
  });

  it('goes on in a status before it comes to the next one', () => {
    expect(nextPage(firstPage('O'), 'more', undefined)).toMatchObject({ status: 'O', cursor: 'more' });
    expect(nextPage({ status: 'O', limit: 1, cursor: 'more' }, undefined, undefined)).toEqual({
      status: 'T',
      limit: 500,
    });
  });

  it('stays with the one status, and with a list that has none', () => {
    expect(nextPage(firstPage('T'), undefined, 'T')).toBeUndefined();
    expect(nextPage(firstPage(undefined), undefined, undefined)).toBeUndefined();
    expect(nextPage(firstPage(undefined), 'more', undefined)).toEqual({ limit: 500, cursor: 'more' });
  });

  it('asks for few rows first', () => {
    expect(firstPage('O').limit).toBeLessThan(nextPage(firstPage('O'), 'more', undefined)?.limit ?? 0);
  });
});

describe('the order of the list', () => {
  const byName = { column: 'organization', descending: true };

  it('is the server’s where it has it, and nobody else’s of a search', () => {
    expect(serverOrder(byName, {})).toBe('-organization');
    expect(serverOrder({ column: 'bonus', descending: false }, {})).toBe('days_to_bonus');
    expect(serverOrder(byName, { q: 'ada' })).toBeUndefined();
    expect(serverOrder({ column: 'plan', descending: false }, {})).toBeUndefined();
    expect(serverOrder(null, {})).toBeUndefined();
  });
});

describe('the place in the list', () => {
  it('is gone back to from the account that was opened there, and once', () => {
    setListLocation('q=ada');
    leaveList(8000);
    expect(returnToList('q=ada')).toBeNull();
    visitAccount('acct_1');
    expect(returnToList('')).toBeNull();
    expect(returnToList('q=ada')).toMatchObject({ scrollTop: 8000, accountId: 'acct_1' });
    forgetPlace();
    expect(returnToList('q=ada')).toBeNull();
  });
});

describe('a bulk change', () => {
  const everything = () => true;
  const referred = account({ account_type: 'referred', billing_mode: 'direct' });

  it('offers what at least one of the rows allows, and what the person may', () => {
    expect(offered([account()], everything)).toEqual([
      'activate_add_on',
      'deactivate_add_on',
      'change_plan',
      'change_billing_mode',
      'cancel',
    ]);
    expect(offered([referred], everything)).toEqual(['request_permission']);
    expect(offered([account({ status: 'C' })], everything)).toEqual(['change_plan']);
    expect(offered([referred, account()], (name) => name === 'cancel_account')).toEqual(['cancel']);
  });

  it('is asked for only when all is chosen', () => {
    const chosen = { addOn: '', plan: '', billing: '', reason: '', day: '2026-11-05' } as const;
    for (const operation of ['activate_add_on', 'change_plan', 'change_billing_mode', 'cancel'] as const)
      expect(requestOf({ ...chosen, operation }, [account()])).toBeNull();
    expect(
      requestOf({ ...chosen, operation: 'cancel', reason: 'poor_results' }, [account({ account_id: 'acct_1' })]),
    ).toEqual({
      operation: 'cancel',
      arguments: { reason: 'poor_results', effective_on: '2026-11-05' },
      accounts: ['acct_1'],
    });
  });

  it('names the first accounts and counts the others', () => {
    const accounts = Array.from({ length: 7 }, (_, place) => account({ organization: `Firm ${place}` }));
    expect(named(accounts)).toEqual(['Firm 0, Firm 1, Firm 2, Firm 3, Firm 4', 2]);
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
