/** Reports: parameters as typed, schedules in words, previews without scripts. */
import { describe, expect, it } from 'vitest';
import { addresses, kindOf, REPORTS, statusLetter } from '../src/reports/catalogue';
import { requestOf } from '../src/reports/generate';
import { splitStyles } from '../src/reports/preview-html';
import { parametersOf } from '../src/reports/run-status';
import { timingInWords, timingOf } from '../src/reports/timing';

describe('the status letter', () => {
  it.each(['O', 'T', 'E', 'C'])('%s is taken', (letter) => {
    expect(statusLetter(letter)).toBe(letter);
  });

  it.each(['o', 'OT', ' O', 'O ', '', 'X'])('“%s” is not corrected', (typed) => {
    expect(statusLetter(typed)).toBeNull();
  });

  it('is sent as it was typed', () => {
    const data = new FormData();
    data.set('status', ' o');
    expect(requestOf('managed-account-details', ['csv'], {}, data).status).toBe(' o');
  });
});

describe('asking for a report', () => {
  it('sends the targeted list as filters: no list means at most 0 contacts', () => {
    const data = new FormData();
    data.set('status', 'E');
    data.append('flags', 'no_list');
    data.append('flags', 'never_logged_in');
    expect(requestOf('managed-account-details', ['contacts'], { plan: 'any', email_to: 'a@x.org, b@x.org' }, data)).toEqual({
      report: 'managed-account-details',
      formats: ['contacts'],
      status: 'E',
      filters: { never_logged_in: true, list_size_max: 0 },
      email_to: ['a@x.org', 'b@x.org'],
    });
  });

  it('sends nothing that was not asked for', () => {
    expect(requestOf('all-accounts-summary', ['pdf'], { nab_status: 'any' }, new FormData())).toEqual({ report: 'all-accounts-summary', formats: ['pdf'] });
  });

  it('offers the four formats of the programme for each of its reports', () => {
    for (const report of REPORTS.filter(({ code }) => code !== 'portfolio')) expect(report.formats).toEqual(expect.arrayContaining(['pdf', 'html', 'csv', 'xls']));
    expect(kindOf('portfolio').formats).toEqual(['csv']);
  });

  it('reads addresses with any of the usual signs between', () => {
    expect(addresses(' a@x.org; b@x.org\nc@x.org,')).toEqual(['a@x.org', 'b@x.org', 'c@x.org']);
  });
});

it('says what a run holds', () => {
  expect(parametersOf({ account_status: 'O', filters: { never_logged_in: true, plan: 'lite' } })).toBe('Open (O), Plan: Lite, Never logged in');
  expect(parametersOf({ account_status: null, filters: {} })).toBe('Everything');
});

describe('how often', () => {
  it.each([
    [{ frequency: 'daily', hour: 6, minute: 5 }, 'Every day at 06:05'],
    [{ frequency: 'weekly', hour: 18, minute: 0, weekday: 'friday' }, 'Every Friday at 18:00'],
    [{ frequency: 'monthly', hour: 6, minute: 0, day: 31 }, 'Every month on day 31 at 06:00'],
  ] as const)('%o reads “%s”', (timing, words) => {
    expect(timingInWords(timing)).toBe(words);
  });

  it('has a weekday or a day only where it belongs', () => {
    const values = { at: '07:30', weekday: 'monday', day: '3' };
    expect(timingOf({ ...values, frequency: 'daily' })).toEqual({ frequency: 'daily', hour: 7, minute: 30 });
    expect(timingOf({ ...values, frequency: 'monthly' })).toEqual({ frequency: 'monthly', hour: 7, minute: 30, day: 3 });
  });
});

it('takes styles, policy and scripts out of a report’s page', () => {
  const page = `<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><style>td{color:red}</style></head><script>x()</script><td>1</td>`;
  expect(splitStyles(page)).toEqual({ html: '<head></head><td>1</td>', css: 'td{color:red}' });
});
