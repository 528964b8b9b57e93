/** A session that nobody uses: warned of, ended, and kept by input in any tab. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Channel, lastInputAt, WARNING_MS, watchInput } from '../src/auth/idle';

const IDLE_LIMIT_MS = 30 * 60_000;

/** The tabs of one browser: each hears what the others say. */
class FakeChannel implements Channel {
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  constructor(private readonly all: Set<FakeChannel>) {
    all.add(this);
  }
  postMessage = (subject: string): void => {
    for (const second of this.all) if (second !== this) second.onmessage?.({ data: subject } as MessageEvent<unknown>);
  };
  close = (): void => void this.all.delete(this);
}

function tab(all = new Set<FakeChannel>(), subject = 'ana') {
  const seen: string[] = [];
  const page = new EventTarget();
  const idle = watchInput({
    subject,
    limit: IDLE_LIMIT_MS,
    page,
    channel: new FakeChannel(all),
    onWarning: (isShown) => seen.push(isShown ? 'warning' : 'answered'),
    onEnd: () => seen.push('ended'),
  });
  return { seen, idle, input: (name = 'keydown') => page.dispatchEvent(new Event(name)) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a session that nobody uses', () => {
  it('is warned of a minute before it ends, and ends after half an hour', () => {
    const { seen } = tab();
    vi.advanceTimersByTime(IDLE_LIMIT_MS - WARNING_MS - 1_000);
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(['warning']);
    vi.advanceTimersByTime(WARNING_MS - 1_000);
    expect(seen).toEqual(['warning']);
    vi.advanceTimersByTime(60 * 60_000);
    expect(seen).toEqual(['warning', 'ended']);
  });

  it.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])('is kept by %s', (name) => {
    const { seen, input } = tab();
    vi.advanceTimersByTime(IDLE_LIMIT_MS - WARNING_MS - 1_000);
    input(name);
    vi.advanceTimersByTime(IDLE_LIMIT_MS - WARNING_MS - 1_000);
    expect(seen).toEqual([]);
  });

  it('goes on when the warning is answered', () => {
    const { seen, idle } = tab();
    vi.advanceTimersByTime(IDLE_LIMIT_MS - 1_000);
    idle.stay();
    vi.advanceTimersByTime(IDLE_LIMIT_MS - WARNING_MS - 1_000);
    expect(seen).toEqual(['warning', 'answered']);
  });

  it('is not kept by a mouse that moves beneath the warning', () => {
    const { seen, input } = tab();
    vi.advanceTimersByTime(IDLE_LIMIT_MS - 1_000);
    input('pointermove');
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual(['warning', 'ended']);
  });

  it('ends at the first input after the machine has slept', () => {
    const { seen, input } = tab();
    vi.setSystemTime(Date.now() + IDLE_LIMIT_MS);
    input();
    expect(seen).toEqual(['ended']);
  });

  it('is kept by input, and by an answer, in another tab of the same person', () => {
    const all = new Set<FakeChannel>();
    const [first, second] = [tab(all), tab(all)];
    vi.advanceTimersByTime(IDLE_LIMIT_MS - WARNING_MS - 1_000);
    second.input();
    vi.advanceTimersByTime(IDLE_LIMIT_MS - 1_000);
    first.idle.stay();
    vi.advanceTimersByTime(1_000);
    expect([first.seen, second.seen]).toEqual([
      ['warning', 'answered'],
      ['warning', 'answered'],
    ]);
  });

  it('is not kept by another person in another tab', () => {
    const all = new Set<FakeChannel>();
    const [first, second] = [tab(all), tab(all, 'ben')];
    vi.advanceTimersByTime(IDLE_LIMIT_MS - WARNING_MS - 1_000);
    second.input();
    vi.advanceTimersByTime(WARNING_MS + 1_000);
    expect([first.seen.at(-1), second.seen]).toEqual(['ended', []]);
  });

  it('tells when there was input last, for the server to count from', () => {
    const { input } = tab();
    vi.advanceTimersByTime(5 * 60_000);
    input();
    const at = Date.now();
    vi.advanceTimersByTime(4 * 60_000);
    expect(lastInputAt()).toBe(at);
  });

  it('is watched no longer once it is over', () => {
    const all = new Set<FakeChannel>();
    const { seen, idle } = tab(all);
    idle.stop();
    vi.advanceTimersByTime(IDLE_LIMIT_MS);
    expect([seen, all.size]).toEqual([[], 0]);
  });
});
