/** Dates, numbers and money, and codes a newer API may know. */
import { beforeAll, describe, expect, it } from 'vitest';
import { text, word } from '../src/text/en';
import {
  addDays,
  daysBetween,
  formatBytes,
  formatDay,
  formatDuration,
  formatMoment,
  formatMoney,
  formatMonth,
  formatNumber,
  formatShare,
  setTimeZone,
} from '../src/text/format';
import { minorUnits, moneyPattern, parseMoney, setCurrencyDigits, typedMoney } from '../src/text/money';

describe('days', () => {
  it('are calendar days of UTC, wherever this runs', () => {
    expect(formatDay('2026-11-01')).toBe('Nov 1, 2026');
    expect(formatMonth('2026-11')).toBe('November 2026');
  });

  it('count over leap days and clock changes', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-07-29', '2026-11-01')).toBe(95);
    expect(addDays('2026-10-25', -90)).toBe('2026-07-27');
  });

  it('that are not there are a dash', () => {
    expect([formatDay(null), formatNumber(undefined), formatBytes(null)]).toEqual(['—', '—', '—']);
  });
});

describe('an instant', () => {
  it.each([
    ['Pacific/Auckland', 'Nov 6, 2026, 7:00 AM GMT+13'],
    ['America/New_York', 'Nov 5, 2026, 1:00 PM EST'],
    ['UTC', 'Nov 5, 2026, 6:00 PM UTC'],
  ])('is told in the partner’s zone, %s, and says so', (zone, shown) => {
    setTimeZone(zone);
    expect(formatMoment('2026-11-05T18:00:00.000Z')).toBe(shown);
  });
});

describe('a duration', () => {
  it('is said in its two largest units', () => {
    expect([0.4, 59.6, 200, 3599.7, 3900].map(formatDuration)).toEqual([
      '0 s',
      '1 min 0 s',
      '3 min 20 s',
      '1 h 0 min',
      '1 h 5 min',
    ]);
    expect(formatDuration(null)).toBe('—');
  });
});

describe('money', () => {
  beforeAll(() => setCurrencyDigits({ USD: 2, JPY: 0, HUF: 2, IDR: 2, COP: 2, UGX: 0, OMR: 3, CLF: 4 }));

  it('is minor units', () => {
    expect(formatMoney(123_450, 'USD')).toBe('$1,234.50');
    expect(formatMoney(500, 'JPY')).toBe('¥500');
  });

  it.each([
    ['1,234.50', 123_450],
    ['$ 99', 9_900],
    ['0.1', 10],
    ['', null],
    ['ten', null],
    ['-5', null],
  ])('typed as “%s” is %s', (typed, minor) => {
    expect(parseMoney(typed, 2)).toBe(minor);
  });

  it.each([
    ['HUF', '10,000.00', '10000.00'],
    ['IDR', '10,000.00', '10000.00'],
    ['COP', '10,000.00', '10000.00'],
    ['UGX', '1,000,000', '1000000'],
    ['OMR', '1,000.000', '1000.000'],
    ['CLF', '100.0000', '100.0000'],
  ])('in %s has the digits that the API names, whatever the browser holds', (currency, shown, typed) => {
    const money = { amount: 1_000_000, currency };
    expect(formatMoney(money.amount, currency)).toContain(shown);
    expect(typedMoney(money)).toBe(typed);
    expect(typed).toMatch(new RegExp(`^(?:${moneyPattern(currency)})$`));
    expect(parseMoney(typed, minorUnits(currency))).toBe(money.amount);
  });

  it('typed with a part of a minor unit is no amount', () => {
    expect(parseMoney('1.999', 2)).toBeNull();
    expect(parseMoney('1.5', 0)).toBeNull();
    expect('1.999').not.toMatch(new RegExp(`^(?:${moneyPattern('USD')})$`));
  });

  it('has as many digits as its currency', () => {
    expect(parseMoney('1,500', minorUnits('JPY'))).toBe(1_500);
    expect(typedMoney({ amount: 1_500, currency: 'JPY' })).toBe('1500');
    expect(typedMoney({ amount: 10_050, currency: 'USD' })).toBe('100.50');
  });
});

it('shows sizes and shares', () => {
  expect([formatBytes(900), formatBytes(21_480), formatBytes(3_400_000)]).toEqual(['900 B', '21 KB', '3.2 MB']);
  expect([formatShare(1, 4), formatShare(0, 0), formatShare(11, 7_043), formatShare(0, 9)]).toEqual([
    '25%',
    '—',
    '<1%',
    '0%',
  ]);
});

it('makes a code readable that it does not know', () => {
  expect(word(text.words.plan, 'premium')).toBe('Premium');
  expect(word(text.words.plan, 'enterprise_plus')).toBe('Enterprise plus');
  expect(word(text.words.plan, null)).toBe('—');
});
