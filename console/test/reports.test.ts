/** Reports: parameters as typed, schedules in words, previews without scripts. */
import { describe, expect, it } from 'vitest';
import { addresses, kindOf, REPORTS, statusLetter } from '../src/reports/catalogue';
import { problemOf, requestOf } from '../src/reports/parameters';
import { splitStyles } from '../src/reports/preview-html';
import { rerunHref } from '../src/reports/rerun';
import { parametersOf } from '../src/reports/run-status';
import { timingInWords, timingOf } from '../src/reports/schedule-timing';

describe('the status letter', () => {
  it.each(['O', 'T', 'E', 'C'])('%s is taken', (letter) => {
    expect(statusLetter(letter)).toBe(letter);
  });

  it.each(['o', 'OT', ' O', 'O ', '', 'X'])('“%s” is not corrected', (typed) => {
    expect(statusLetter(typed)).toBeNull();
  });

  it('is sent as it was typed', () => {
    const data = new FormData();
    data.set('account_status', ' o');
    const request = requestOf({ report: 'managed-account-details' }, data);
    expect(request.account_status).toBe(' o');
  });
});

describe('asking for a report', () => {
  it('sends the targeted list as filters: no list means at most 0 contacts', () => {
    const data = new FormData();
    data.set('account_status', 'E');
    data.append('flags', 'no_list');
    data.append('flags', 'never_logged_in');
    data.append('formats', 'contacts');
    const values = {
      report: 'managed-account-details',
      plan: 'all',
      email_to: 'a@x.org, b@x.org',
      first_payment_from: '',
    };
    expect(requestOf(values, data)).toEqual({
      report: 'managed-account-details',
      formats: ['contacts'],
      account_status: 'E',
      filters: { never_logged_in: true, list_size_max: 0 },
      email_to: ['a@x.org', 'b@x.org'],
    });
  });

  it('sends nothing that was not asked for', () => {
    const data = new FormData();
    data.append('formats', 'pdf');
    expect(requestOf({ report: 'all-accounts-summary', nab_status: 'all' }, data)).toEqual({
      report: 'all-accounts-summary',
      formats: ['pdf'],
    });
  });

  it('is refused at its field before it is sent where a format is missing or the status is no letter of the four', () => {
    const fieldOf = (request: Parameters<typeof problemOf>[0]) => problemOf(request)?.errors[0]?.pointer;
    expect(fieldOf({ report: 'managed-account-details', formats: [], account_status: 'O' })).toBe('/formats');
    expect(fieldOf({ report: 'managed-account-details', formats: ['csv'], account_status: 'o' as never })).toBe(
      '/account_status',
    );
    expect(fieldOf({ report: 'managed-account-details', formats: ['csv'], account_status: 'O' })).toBeUndefined();
  });

  it('can be asked for again with everything it was asked with', () => {
    const filters = { list_size_max: 0, never_logged_in: true, plan: null as never, never_sent_campaign: false };
    expect(
      rerunHref({ report: 'managed-account-details', account_status: 'E', formats: ['csv', 'contacts'], filters }),
    ).toBe(
      '/reports?generate=managed-account-details&formats=csv%2Ccontacts&status=E&list_size_max=0&never_logged_in=true',
    );
    expect(
      rerunHref({
        report: 'portfolio',
        account_status: null,
        formats: ['csv'],
        filters: { status: 'O', billing_mode: 'direct', account_type: 'managed' },
      }),
    ).toBe('/accounts?status_group=active&account_type=managed&open=export');
    expect(rerunHref({ report: 'portfolio', account_status: null, formats: ['csv'], filters: {} })).toBe(
      '/accounts?open=export',
    );
  });

  it('offers the four formats of the program for each of its reports', () => {
    for (const report of REPORTS.filter(({ code }) => code !== 'portfolio'))
      expect(report.formats).toEqual(expect.arrayContaining(['pdf', 'html', 'csv', 'xls']));
    expect(kindOf('portfolio').formats).toEqual(['csv', 'contacts']);
  });

  it('reads addresses with any of the usual signs between', () => {
    expect(addresses(' a@x.org; b@x.org\nc@x.org,')).toEqual(['a@x.org', 'b@x.org', 'c@x.org']);
  });
});

it('says what a run holds', () => {
  expect(parametersOf({ account_status: 'O', filters: { never_logged_in: true, plan: 'lite' } })).toBe(
    'Open (O), Plan: Lite, Never logged in',
  );
  expect(parametersOf({ account_status: null, filters: {} })).toBe('Everything');
});

describe('how often', () => {
  it.each([
    [{ frequency: 'daily', hour: 6, minute: 5 }, 'Every day at 6:05 AM (UTC)'],
    [{ frequency: 'weekly', hour: 18, minute: 0, weekday: 'friday' }, 'Every Friday at 6:00 PM (UTC)'],
    [{ frequency: 'monthly', hour: 6, minute: 0, day: 31 }, 'Every month on day 31 at 6:00 AM (UTC)'],
  ] as const)('%o reads “%s”', (timing, words) => {
    expect(timingInWords(timing)).toBe(words);
  });

  it('has a weekday or a day only where it belongs', () => {
    const values = { at: '07:30', weekday: 'monday', day: '3' };
    expect(timingOf({ ...values, frequency: 'daily' })).toEqual({ frequency: 'daily', hour: 7, minute: 30 });
    expect(timingOf({ ...values, frequency: 'monthly' })).toEqual({
      frequency: 'monthly',
      hour: 7,
      minute: 30,
      day: 3,
    });
  });
});

it('takes styles, policy and scripts out of a report’s page', () => {
  const page = `<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><style>td{color:red}</style></head><script>x()</script><td>1</td>`;
  expect(splitStyles(page)).toEqual({ html: '<head></head><td>1</td>', css: 'td{color:red}' });
});
