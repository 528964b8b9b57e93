/** What is told for a moment is not taken away while somebody reads it. */
import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { notify } from '../../src/ui/announce';
import { mount } from './harness';

afterEach(() => vi.useRealTimers());

describe('a notice', () => {
  const shown = () => document.querySelectorAll('[data-notice]').length;
  const start = async (tone: 'good' | 'bad' = 'good') => {
    await mount(<p>Page</p>);
    vi.useFakeTimers();
    act(() => notify('The plan has been saved.', tone));
    return (ms: number) => act(() => vi.advanceTimersByTime(ms));
  };

  it('goes by itself', async () => {
    const pass = await start();
    pass(6_000);
    expect(shown()).toBe(1);
    pass(2_000);
    expect(shown()).toBe(0);
  });

  it('stays while its button has the focus, and goes some time after', async () => {
    const pass = await start();
    act(() => screen.getByRole('button', { name: 'Dismiss' }).focus());
    pass(60_000);
    expect(shown()).toBe(1);
    act(() => screen.getByRole('button', { name: 'Dismiss' }).blur());
    pass(8_000);
    expect(shown()).toBe(0);
  });

  it('of something that went wrong stays', async () => {
    const pass = await start('bad');
    pass(60_000);
    expect(shown()).toBe(1);
  });
});
