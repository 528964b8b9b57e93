/** The session of a page whose API is elsewhere: in memory; renewed once for many, ended when it cannot be. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const CONFIG = {
  api_url: 'https://api.elsewhere.example/v1',
  cognito_endpoint: 'http://cognito/',
  client_id: 'client',
  user_pool_id: 'us_pool',
  auth_flow: 'password',
};

type Reply = () => Promise<Response>;

/** A Cognito that answers in turn, and counts what it was asked. */
class Pool {
  asked: string[] = [];
  constructor(private readonly replies: Reply[]) {}

  fetch = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (String(input).endsWith('config.json')) return Promise.resolve(Response.json(CONFIG));
    this.asked.push(new Headers(init?.headers).get('X-Amz-Target')?.split('.')[1] ?? '');
    const reply = this.replies.shift();
    return reply ? reply() : Promise.reject(new Error('not expected'));
  };
}

const SECOND = `e30.${btoa('{"sub":"ana"}')}.second`;
const renewed: Reply = () =>
  Promise.resolve(Response.json({ AuthenticationResult: { AccessToken: SECOND, ExpiresIn: 900 } }));
const refused: Reply = () => Promise.resolve(Response.json({ __type: 'NotAuthorizedException' }, { status: 400 }));
const away: Reply = () => Promise.reject(new TypeError('Failed to fetch'));
const tokens = (secondsLeft: number) => ({
  accessToken: 'first',
  refreshToken: 'refresh',
  subject: 'ana',
  expiresAt: Date.now() + secondsLeft * 1000,
});

async function start(replies: Reply[]) {
  const pool = new Pool(replies);
  vi.stubGlobal('fetch', pool.fetch);
  vi.stubGlobal('location', { href: 'https://console.example/console/', origin: 'https://console.example' });
  const storage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('sessionStorage', storage);
  await (await import('../src/api/config')).loadConfig();
  const session = await import('../src/auth/session');
  return { pool, session };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('a session', () => {
  it('gives its token while it is good', async () => {
    const { pool, session } = await start([]);
    session.begin(tokens(900), 'ana');
    expect([await session.accessToken(), pool.asked]).toEqual(['first', []]);
  });

  it('renews in silence a minute before the end', async () => {
    const { pool, session } = await start([renewed]);
    session.begin(tokens(120), 'ana');
    await vi.advanceTimersByTimeAsync(61_000);
    expect([pool.asked, await session.accessToken()]).toEqual([['GetTokensFromRefreshToken'], SECOND]);
  });

  it('that nobody uses ends and is revoked, and what is on the page stays', async () => {
    const { pool, session } = await start([away]);
    session.begin(tokens(900), 'ana');
    session.endIdle();
    await vi.advanceTimersByTimeAsync(0);
    expect([await session.accessToken(), pool.asked, session.current().state]).toEqual([
      null,
      ['RevokeToken'],
      'ended',
    ]);
  });

  it('renews once, however many ask', async () => {
    const { pool, session } = await start([renewed]);
    session.begin(tokens(5), 'ana');
    const all = await Promise.all([session.accessToken(), session.accessToken(), session.renewToken()]);
    expect([all, pool.asked.length]).toEqual([[SECOND, SECOND, SECOND], 1]);
  });

  it('has ended when it is refused', async () => {
    const { session } = await start([refused]);
    session.begin(tokens(5), 'ana');
    expect(await session.accessToken()).toBeNull();
    expect(session.current()).toMatchObject({ state: 'ended', username: 'ana', subject: 'ana' });
  });

  it('goes on with the old token while only the network is away', async () => {
    const { session } = await start([away]);
    session.begin(tokens(5), 'ana');
    expect(await session.accessToken()).toBe('first');
    expect(session.current().state).toBe('signed-in');
  });

  it('is gone at once on signing out, and its refresh token is revoked', async () => {
    const { pool, session } = await start([() => Promise.resolve(Response.json({}))]);
    session.begin(tokens(900), 'ana');
    await session.signOut();
    expect([session.current().state, await session.accessToken(), pool.asked]).toEqual([
      'signed-out',
      null,
      ['RevokeToken'],
    ]);
  });
});
