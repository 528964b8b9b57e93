/** Who is signed in: tokens in memory only, renewed in silence, and gone with the page. */
import { useSyncExternalStore } from 'react';
import { renew, revoke, type Tokens } from './cognito';

export interface Session {
  /** `ended`: it was there and could not be renewed. */
  state: 'signed-out' | 'signed-in' | 'ended';
  username: string | null;
}

const RENEW_BEFORE_MS = 60_000;

let session: Session = { state: 'signed-out', username: null };
let tokens: Tokens | null = null;
let renewing: Promise<string | null> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

function keep(next: Tokens): void {
  tokens = next;
  clearTimeout(timer);
  const delay = Math.max(5_000, next.expiresAt - Date.now() - RENEW_BEFORE_MS);
  timer = setTimeout(() => void renewToken(), delay);
}

/** Ends the session of whoever has left the page alone; what was typed stays for when they are back. */
export function endIdle(): void {
  const last = tokens;
  end();
  if (last) void revoke(last.refreshToken).catch(() => undefined);
}

export function begin(next: Tokens, username: string): void {
  keep(next);
  set({ state: 'signed-in', username });
}

/** The session could not be renewed: what is on the page stays until somebody signs in again. */
export function end(): void {
  clearTimeout(timer);
  tokens = null;
  if (session.state === 'signed-in') set({ state: 'ended', username: session.username });
}

export async function signOut(): Promise<void> {
  const last = tokens;
  clearTimeout(timer);
  tokens = null;
  set({ state: 'signed-out', username: null });
  if (last) await revoke(last.refreshToken).catch(() => undefined);
}

/** A token that is good for the next request, or null when the session has ended. */
export async function accessToken(): Promise<string | null> {
  if (!tokens) return null;
  if (tokens.expiresAt - Date.now() > 10_000) return tokens.accessToken;
  return renewToken();
}

/** Renews once, however many ask for it at the same moment. */
export function renewToken(): Promise<string | null> {
  renewing ??= renewOnce().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewOnce(): Promise<string | null> {
  if (!tokens) return null;
  const renewingTokens = tokens;
  try {
    const next = await renew(renewingTokens.refreshToken);
    if (tokens !== renewingTokens) return null;
    keep(next);
    return next.accessToken;
  } catch (error) {
    const unreachable = (error as { code?: string }).code === 'unreachable';
    if (unreachable && renewingTokens.expiresAt > Date.now()) return renewingTokens.accessToken;
    if (!unreachable) end();
    return null;
  }
}

export const current = (): Session => session;

export function useSession(): Session {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
