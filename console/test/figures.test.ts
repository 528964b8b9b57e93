/** Departures counted, services moved on, the menu for each role, and a QR code that a camera reads. */

import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import type { Me } from '../src/api/types';
import { isCurrent, isPlatformPage, navigationFor } from '../src/app/navigation';
import { type Operation, type Rights, rightsOf } from '../src/auth/me';
import { countsByMonth } from '../src/bonuses/month-counts';
import type { Tracked } from '../src/bonuses/queries';
import { byReason, byWeek } from '../src/departures/figures';
import type { Departure } from '../src/departures/queries';
import { qrPath } from '../src/invites/qr-path';
import { transitionsFor } from '../src/service-requests/transitions';
import { axisFor } from '../src/ui/axis';

const left = (days_ago: number, reason: string | null, event = 'cancellation') =>
  ({ days_ago, reason, event }) as Departure;

describe('departures', () => {
  it('are counted by reason, the commonest first', () => {
    expect(
      byReason([
        left(1, 'poor_results'),
        left(2, 'cost_too_high'),
        left(3, 'cost_too_high'),
        left(4, null, 'move_out'),
      ]),
    ).toEqual([
      { reason: 'cost_too_high', count: 2 },
      { reason: 'poor_results', count: 1 },
      { reason: null, count: 1 },
    ]);
  });

  it('are counted by week, day 0 in the last and day 90 in the first', () => {
    const weeks = byWeek([left(0, 'x'), left(6, 'x'), left(7, 'x'), left(90, null, 'move_out')], '2026-11-01');
    expect(weeks).toHaveLength(13);
    expect(weeks.at(-1)).toEqual({ from: '2026-10-26', to: '2026-11-01', cancellations: 2, moveOuts: 0 });
    expect(weeks.at(-2)?.cancellations).toBe(1);
    expect(weeks[0]).toEqual({ from: '2026-08-03', to: '2026-08-09', cancellations: 0, moveOuts: 1 });
  });
});

describe('bonuses by month', () => {
  const bonus = (status: 'earned' | 'paid', day: string) =>
    ({ status, earned_on: day, money: { amount: 10_000, currency: 'USD' } }) as Tracked;

  it('are split into paid and to be paid, the oldest month first, and add up to the month’s total', () => {
    const items = [bonus('paid', '2026-10-03'), bonus('earned', '2026-10-04'), bonus('earned', '2026-09-30')];
    const month = (name: string, bonuses: number) => ({
      month: name,
      bonuses,
      amount: bonuses * 10_000,
      currency: 'USD',
    });
    expect(countsByMonth({ items, months: [month('2026-10', 2), month('2026-09', 1)] })).toEqual([
      { month: '2026-09', earned: 1, paid: 0, amount: 10_000, currency: 'USD' },
      { month: '2026-10', earned: 1, paid: 1, amount: 20_000, currency: 'USD' },
    ]);
  });
});

describe('the axis of a chart', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [9, [0, 5, 10]],
    [119, [0, 50, 100, 150]],
    [1479, [0, 500, 1000, 1500]],
  ])('for %i has whole round steps, none above what is needed', (largest, ticks) => {
    expect(axisFor(largest)).toEqual({ max: ticks.at(-1), ticks });
  });
});

describe('a service request', () => {
  it('is answered by the partner once it is quoted', () => {
    expect(transitionsFor('quoted', false)).toEqual(expect.arrayContaining(['accept', 'decline', 'price']));
    expect(transitionsFor('requested', false)).not.toContain('accept');
  });

  it('is quoted and done by operators', () => {
    expect([
      transitionsFor('requested', true),
      transitionsFor('in_progress', true),
      transitionsFor('done', true),
    ]).toEqual([['quote'], ['finish'], []]);
  });
});

describe('the menu', () => {
  const who = (role: Me['role'], ...operations: Operation[]) => rightsOf({ role, operations } as unknown as Me);
  const viewer = who('partner_viewer');
  const admin = who('partner_admin', 'create_import');
  const operator = who('operator', 'create_import', 'list_partners');
  const hrefs = (rights: Rights, hasPartner = true) =>
    navigationFor(rights, hasPartner).flatMap((group) => group.items.map((item) => item.href));

  it('has Accounts, with My accounts and Reports in it', () => {
    const group = navigationFor(viewer, true).find(({ label }) => label === 'Accounts');
    expect(group?.items.slice(0, 2).map(({ label }) => label)).toEqual(['My accounts', 'Reports']);
  });

  it('shows nights to operators alone, who need no partner for them', () => {
    expect([hrefs(operator), hrefs(admin)].map((links) => links.includes('/nightly-runs'))).toEqual([true, false]);
    expect(['/nightly-runs', '/partners', '/accounts', '/'].map(isPlatformPage)).toEqual([true, true, false, false]);
  });

  it('shows imports to those who may import', () => {
    expect(hrefs(admin)).toContain('/imports');
    expect(hrefs(viewer)).not.toContain('/imports');
  });

  it('shows an operator without a partner only the platform’s pages', () => {
    expect(hrefs(operator, false)).toEqual([
      '/overview',
      '/partners',
      '/sms-reviews',
      '/service-queue',
      '/nightly-runs',
    ]);
  });

  it('knows the page one is on', () => {
    expect([
      isCurrent('/', '/accounts'),
      isCurrent('/accounts', '/accounts/acct_1'),
      isCurrent('/accounts', '/accountsx'),
    ]).toEqual([false, true, false]);
  });
});

describe('a QR code', () => {
  const address = 'https://partners.example.com/console/invites/a-rather-long-slug-for-testing';

  it('is read back by a decoder', () => {
    const squares = encodeQR(address, 'raw', { ecc: 'medium', border: 4 });
    const scale = 8;
    const side = squares.length * scale;
    const data = new Uint8Array(side * side * 4).fill(255);
    for (let y = 0; y < side; y += 1)
      for (let x = 0; x < side; x += 1)
        if (squares[Math.floor(y / scale)]?.[Math.floor(x / scale)])
          data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    expect(decodeQR({ width: side, height: side, data })).toBe(address);
  });

  it('is drawn with the same squares', () => {
    const squares = encodeQR(address, 'raw', { ecc: 'medium', border: 4 });
    const { side, path } = qrPath(address);
    expect(side).toBe(squares.length);
    expect(path.match(/M/g)).toHaveLength(squares.flat().filter(Boolean).length);
  });
});
