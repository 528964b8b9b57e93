/** The one filter of accounts: address, request, report, words. */
import { describe, expect, it } from 'vitest';
import {
  accountsHref,
  clearedFilters,
  describeFilters,
  readFilters,
  toQuery,
  writeFilters,
} from '../src/account-filters/filters';
import { toDetailsReport } from '../src/accounts/details-report';

const read = (query: string) => readFilters(new URLSearchParams(query));

describe('the Status drop-down of the program', () => {
  it.each([
    ['active', { status: 'O', billing_mode: 'direct' }],
    ['single_bill', { status: 'O', billing_mode: 'single_bill' }],
    ['open', { status: 'O' }],
    ['trial', { status: 'T' }],
    ['expired', { status: 'E' }],
    ['cancelled', { status: 'C' }],
  ])('sends %s as %o', (statusGroup, query) => {
    expect(toQuery(read(`status_group=${statusGroup}`))).toEqual(query);
  });
});

describe('filters in the address', () => {
  it('come back as they were written', () => {
    const filters = {
      status_group: 'single_bill',
      account_type: 'managed',
      q: 'a & b',
      list_size_min: 0,
      never_logged_in: true,
      first_payment_from: '2026-01-31',
    } as const;
    expect(readFilters(writeFilters(new URLSearchParams(), filters))).toEqual(filters);
  });

  it('read the status group of an address or a saved view of before, and write its present name', () => {
    const former = new URLSearchParams('standing=trial');
    expect(readFilters(former)).toEqual({ status_group: 'trial' });
    expect(writeFilters(former, { status_group: 'open' }).toString()).toBe('status_group=open');
    expect(clearedFilters(former).toString()).toBe('');
  });

  it('leave out what is no filter, number, day or choice', () => {
    expect(
      read('status_group=O&account_type=mine&list_size_min=-1&trial_ends_to=tomorrow&never_logged_in=1&page=2'),
    ).toEqual({});
  });

  it('keep the rest of the address when they change or are cleared', () => {
    const params = new URLSearchParams('columns=plan&status_group=trial&sort=-plan');
    expect(writeFilters(params, { status_group: undefined, plan: 'lite' } as never).toString()).toBe(
      'columns=plan&sort=-plan&plan=lite',
    );
    expect(clearedFilters(params).toString()).toBe('columns=plan&sort=-plan');
  });

  it('make a link to the list behind a number', () => {
    expect(accountsHref({ status_group: 'open', account_type: 'managed' })).toBe(
      '/accounts?status_group=open&account_type=managed',
    );
    expect(accountsHref({})).toBe('/accounts');
  });
});

describe('filters in words', () => {
  it('say each one that is set', () => {
    const labels = describeFilters(
      read('status_group=single_bill&q=bakery&never_sent_campaign=true&list_size_max=10'),
    ).map((chip) => chip.label);
    expect(labels).toEqual(['Status: Single Bill', '“bakery”', 'List size to 10', 'Never sent a campaign']);
  });
});

describe('a details report of what the list shows', () => {
  it('takes the status letter and the filters that the report knows', () => {
    expect(toDetailsReport(read('status_group=expired&account_type=managed&never_logged_in=true&plan=trial'))).toEqual({
      status: 'E',
      filters: { never_logged_in: true, plan: 'trial' },
      unsupported: [],
    });
  });

  it('says which filters it has to leave out, billing among them', () => {
    expect(toDetailsReport(read('status_group=single_bill&q=x&hold=compliance')).unsupported).toEqual([
      'status_group',
      'hold',
      'q',
    ]);
  });

  it('has no status where none is chosen', () => {
    expect(toDetailsReport(read('plan=lite'))).not.toHaveProperty('status');
  });
});
