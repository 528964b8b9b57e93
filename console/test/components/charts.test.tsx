/** Charts: an axis, words for each bar on hover and on focus, and where each bar leads. */
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Shares } from '../../src/ui/charts';
import { ColumnsChart } from '../../src/ui/columns-chart';
import { mount } from './harness';

const BARS = [
  { id: 'a', label: 'Oct', tip: 'October: 12.', parts: [{ tone: 'open' as const, value: 12 }], href: '/october' },
  { id: 'b', label: 'Nov', tip: 'November: 0.', parts: [{ tone: 'open' as const, value: 0 }] },
];

describe('columns', () => {
  it('are links that say their figures on focus, and lead to what they count', async () => {
    const { user, router } = await mount(<ColumnsChart label="By month" bars={BARS} format={String} />);
    const chart = screen.getByRole('group', { name: 'By month' });
    await user.tab();
    expect(document.activeElement).toBe(within(chart).getByRole('link', { name: 'October: 12.' }));
    expect((await screen.findByRole('tooltip')).textContent).toBe('October: 12.');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('tooltip')).toBeNull();
    expect(router.state.location.pathname).toBe('/');
  });

  it('of nothing lead nowhere, but say so', async () => {
    await mount(<ColumnsChart label="By month" bars={BARS} format={String} />);
    expect(screen.getAllByRole('link')).toHaveLength(1);
    expect(screen.getByRole('img', { name: 'November: 0.' })).toBeTruthy();
    expect(screen.getByText('15')).toBeTruthy();
  });
});

describe('shares', () => {
  it('lead to what they count, and are no stops beside the figures that do so too', async () => {
    const parts = [{ tone: 'open' as const, value: 3, href: '/open', tip: 'Open: 3 accounts, 100%.' }];
    await mount(<Shares parts={parts} />);
    const link = document.querySelector('a');
    expect(link?.getAttribute('href')).toBe('/open');
    expect(link?.tabIndex).toBe(-1);
    expect(screen.queryByRole('link')).toBeNull();
  });
});
