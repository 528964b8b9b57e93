/** The session that the API keeps for this browser, by a cookie that no script reads. */
import { config } from '../api/config';
import type { components } from '../api/schema';
import { subjectOf } from './cognito';
import { SignInError } from './cognito-call';

export interface Renewal {
  accessToken: string;
  subject: string;
  expiresAt: number;
  /** How long it lasts without input, in milliseconds. */
  idleLimit: number;
}

type SessionView = components['schemas']['SessionView'];
const PATIENCE_MS = 30_000;

/** Whether the API is of this page's origin: no other page gets the cookie, and there is no session to keep. */
export function canKeep(): boolean {
  return new URL(config().api_url, location.href).origin === location.origin;
}

/** What ends a session goes through although the page is left at once. */
async function ask(method: string, path: string, body?: unknown, token?: string): Promise<Response> {
  const headers = new Headers(body === undefined ? {} : { 'Content-Type': 'application/json' });
  if (token) headers.set('Authorization', `Bearer ${token}`);
  const answer = await fetch(config().api_url + path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
    keepalive: method === 'DELETE',
  }).catch(() => {
    throw new SignInError('unreachable');
  });
  if (!answer.ok) throw new SignInError(answer.status < 429 ? 'NotAuthorizedException' : 'unreachable');
  return answer;
}

async function renewalOf(answer: Response): Promise<Renewal | null> {
  const view = (await answer.json()) as SessionView;
  if (view.access_token === null) return null;
  return {
    accessToken: view.access_token,
    subject: subjectOf(view.access_token),
    expiresAt: Date.now() + view.expires_in * 1000,
    idleLimit: view.idle_limit * 1000,
  };
}

/** Hands the refresh token over: it is of no use afterwards. */
export async function keepSession(accessToken: string, refreshToken: string): Promise<Renewal | null> {
  return renewalOf(await ask('POST', '/sessions', { refresh_token: refreshToken }, accessToken));
}

/** The next access token, or null where there is no session any more. */
export async function renewKept(idleMs: number): Promise<Renewal | null> {
  return renewalOf(await ask('POST', '/sessions/renewal', { idle_seconds: Math.floor(idleMs / 1000) }));
}

export async function endKept(): Promise<void> {
  await ask('DELETE', '/sessions/current');
}

/** Ends all sessions of that person, in every browser and program. */
export async function endEverySession(accessToken: string): Promise<void> {
  await ask('DELETE', '/sessions', undefined, accessToken);
}
