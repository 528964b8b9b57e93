/** Who is signed in: tokens in memory only, renewed in silence, and gone with the page. */
import { useSyncExternalStore } from 'react';
import { renew, revoke, type Tokens } from './cognito';

export interface Session {
  /** `ended`: it was there and could not be renewed. */
  state: 'signed-out' | 'signed-in' | 'ended';
  username: string | null;
}

const RENEW_BEFORE_MS = 60_000;
/** How long a session lasts without anybody at the keyboard or the pointer. */
export const IDLE_MS = 30 * 60_000;
const INPUT = ['pointerdown', 'keydown'] as const;

let session: Session = { state: 'signed-out', username: null };
let tokens: Tokens | null = null;
let renewing: Promise<string | null> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;
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
function endIdle(): void {
  const last = tokens;
  end();
  if (last) void revoke(last.refreshToken).catch(() => undefined);
}

function restartIdle(): void {
  clearTimeout(idle);
  if (tokens) idle = setTimeout(endIdle, IDLE_MS);
}

/** Counts any press or key on the page as somebody being there. */
export function watchInput(page: EventTarget): void {
  for (const kind of INPUT) page.addEventListener(kind, restartIdle, { capture: true, passive: true });
}

export function begin(next: Tokens, username: string): void {
  keep(next);
  restartIdle();
  set({ state: 'signed-in', username });
}

/** The session could not be renewed: what is on the page stays until somebody signs in again. */
export function end(): void {
  clearTimeout(timer);
  clearTimeout(idle);
  tokens = null;
  if (session.state === 'signed-in') set({ state: 'ended', username: session.username });
}

export async function signOut(): Promise<void> {
  const last = tokens;
  clearTimeout(timer);
  clearTimeout(idle);
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
  const asked = tokens;
  try {
    const next = await renew(asked.refreshToken);
    if (tokens !== asked) return null;
    keep(next);
    return next.accessToken;
  } catch (error) {
    const unreachable = (error as { code?: string }).code === 'unreachable';
    if (unreachable && asked.expiresAt > Date.now()) return asked.accessToken;
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
