/** The session that the API keeps by a cookie: taken up by a reload and by other tabs, renewed by one of them, ended in all. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TabMessage } from '../src/auth/tabs';

const CONFIG = {
  api_url: '/v1',
  cognito_endpoint: 'https://cognito.example/',
  client_id: 'client',
  user_pool_id: 'us_pool',
  auth_flow: 'password',
};
const PAGE = { href: 'https://console.example/console/', origin: 'https://console.example' };

const tokenOf = (subject: string, name: string): string => `e30.${btoa(JSON.stringify({ sub: subject }))}.${name}`;

/** The API and its cookie: whoever begins a session has it until it is ended. */
class Api {
  asked: string[] = [];
  bodies: unknown[] = [];
  subject: string | null = null;
  isAway = false;
  renewals = 0;

  fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (String(input).endsWith('config.json')) return Response.json(CONFIG);
    this.asked.push(`${init?.method} ${String(input).replace('/v1', '')}`);
    this.bodies.push(init?.body ? JSON.parse(String(init.body)) : null);
    if (this.isAway) throw new TypeError('Failed to fetch');
    if (init?.method === 'DELETE') {
      this.subject = null;
      return new Response(null, { status: 204 });
    }
    if (String(input) === '/v1/sessions') this.subject = 'ana';
    this.renewals += 1;
    const token = this.subject && tokenOf(this.subject, `kept-${this.renewals}`);
    return Response.json({ access_token: token, expires_in: 300, idle_limit: 600, ends_in: 3600 });
  };
}

class FakeStorage {
  readonly kept = new Map<string, string>();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.kept.set(key, value);
  removeItem = (key: string): void => void this.kept.delete(key);
}

class FakeChannel {
  static all = new Set<FakeChannel>();
  onmessage: ((event: { data: TabMessage }) => void) | null = null;
  constructor() {
    FakeChannel.all.add(this);
  }
  postMessage(data: TabMessage): void {
    for (const channel of FakeChannel.all) if (channel !== this) channel.onmessage?.({ data });
  }
  close(): void {
    FakeChannel.all.delete(this);
  }
}

let api: Api;
let storage: FakeStorage;
let lock: Promise<unknown>;
const reload = vi.fn();

/** A tab of its own: modules of its own, with the browser's cookie, storage, locks and channel in common. */
async function openTab() {
  vi.resetModules();
  vi.stubGlobal('sessionStorage', new FakeStorage());
  await (await import('../src/api/config')).loadConfig();
  const session = await import('../src/auth/session');
  await session.restore();
  return session;
}

const tokens = () => ({
  accessToken: tokenOf('ana', 'first'),
  refreshToken: 'refresh',
  subject: 'ana',
  expiresAt: Date.now() + 300_000,
});

beforeEach(() => {
  vi.useFakeTimers();
  api = new Api();
  storage = new FakeStorage();
  lock = Promise.resolve();
  const request = (_: string, work: () => Promise<unknown>) => {
    lock = lock.then(work, work);
    return lock;
  };
  vi.stubGlobal('fetch', api.fetch);
  vi.stubGlobal('location', { ...PAGE, reload });
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('navigator', { locks: { request } });
  vi.stubGlobal('BroadcastChannel', FakeChannel);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  FakeChannel.all.clear();
  reload.mockReset();
});

async function signedInTab() {
  const tab = await openTab();
  tab.begin(tokens(), 'ana');
  await vi.advanceTimersByTimeAsync(0);
  return tab;
}

describe('a session that is kept', () => {
  it('is handed over at once, and nothing of it is where scripts find it later', async () => {
    const tab = await signedInTab();
    expect([api.asked, api.bodies]).toEqual([['POST /sessions'], [{ refresh_token: 'refresh' }]]);
    expect(await tab.accessToken()).toBe(tokenOf('ana', 'kept-1'));
    expect([...storage.kept.entries()]).toEqual([['has-session', '']]);
  });

  it('is asked for by no page of a browser in which nobody has signed in', async () => {
    const tab = await openTab();
    expect([tab.current().state, api.asked]).toEqual(['signed-out', []]);
  });

  it('is there again after a reload, with its own limit', async () => {
    await signedInTab();
    const reloaded = await openTab();
    expect(reloaded.current()).toEqual({ state: 'signed-in', username: null, subject: 'ana', idleLimit: 600_000 });
    expect(await reloaded.accessToken()).toBe(tokenOf('ana', 'kept-2'));
  });

  it('is not there again once it is over, and is not asked for a second time', async () => {
    await signedInTab();
    api.subject = null;
    expect((await openTab()).current().state).toBe('signed-out');
    await openTab();
    expect(api.asked).toEqual(['POST /sessions', 'POST /sessions/renewal']);
  });

  it('is looked for again where only the network was away', async () => {
    await signedInTab();
    api.isAway = true;
    expect((await openTab()).current().state).toBe('signed-out');
    api.isAway = false;
    expect((await openTab()).current().state).toBe('signed-in');
  });

  it('is renewed once for all tabs', async () => {
    const first = await signedInTab();
    const second = await openTab();
    api.asked = [];
    await vi.advanceTimersByTimeAsync(241_000);
    expect(api.asked).toEqual(['POST /sessions/renewal']);
    expect(api.bodies.at(-1)).toEqual({ idle_seconds: 240 });
    expect(await first.accessToken()).toBe(await second.accessToken());
  });

  it('is over in every tab when one signs out', async () => {
    const first = await signedInTab();
    const second = await openTab();
    await second.signOut();
    expect([first.current().state, second.current().state]).toEqual(['signed-out', 'signed-out']);
    expect(api.asked.at(-1)).toBe('DELETE /sessions/current');
    expect(storage.kept.size).toBe(0);
  });

  it('that nobody used has ended in every tab, and goes on in all when one signs in again', async () => {
    const first = await signedInTab();
    const second = await openTab();
    first.endIdle();
    await vi.advanceTimersByTimeAsync(0);
    expect([first.current().state, second.current().state]).toEqual(['ended', 'ended']);
    first.begin(tokens(), 'ana');
    await vi.advanceTimersByTimeAsync(0);
    expect([first.current().state, second.current().state]).toEqual(['signed-in', 'signed-in']);
  });

  it('has ended in every tab when it cannot be renewed', async () => {
    const first = await signedInTab();
    const second = await openTab();
    api.subject = null;
    await vi.advanceTimersByTimeAsync(241_000);
    expect([first.current().state, second.current().state]).toEqual(['ended', 'ended']);
  });

  it('of somebody else loads the tabs anew', async () => {
    const first = await signedInTab();
    FakeChannel.all
      .values()
      .next()
      .value?.onmessage?.({ data: { kind: 'began', subject: 'ben' } });
    expect([reload.mock.calls.length, first.current().subject]).toEqual([1, 'ana']);
  });

  it('goes on in memory where the API cannot keep it', async () => {
    api.isAway = true;
    const tab = await signedInTab();
    expect(await tab.accessToken()).toBe(tokenOf('ana', 'first'));
    expect(storage.kept.size).toBe(0);
  });

  it('that was begun while signing out is ended all the same', async () => {
    const tab = await openTab();
    tab.begin(tokens(), 'ana');
    await tab.signOut();
    expect(api.asked.slice(0, 2)).toEqual(['POST /sessions', 'DELETE /sessions/current']);
    expect([tab.current().state, storage.kept.size, api.subject]).toEqual(['signed-out', 0, null]);
  });
});
