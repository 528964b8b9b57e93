/**
 * Who is signed in. Access tokens are in memory only. What renews them is a cookie that no script reads, so that a
 * reload and other tabs go on; where the API is of another origin it is a refresh token in memory, gone with the page.
 */
import { useSyncExternalStore } from 'react';
import { setActingPartner } from '../api/acting-partner';
import { deviceKey } from './browser-storage';
import { renew, revoke, type Tokens } from './cognito';
import { lastInputAt } from './idle';
import { keepPartner, keptPartner } from './kept-partner';
import { canKeep, endEverySession, endKept, keepSession, type Renewal, renewKept } from './kept-session';
import { listenToTabs, oneTabAtATime, type TabMessage, tellTabs } from './tabs';

export interface Session {
  /** `restoring`: not known yet. `ended`: it was there and could not be renewed. */
  state: 'restoring' | 'signed-out' | 'signed-in' | 'ended';
  /** As it was typed; null after a reload. */
  username: string | null;
  subject: string | null;
  /** How long it lasts without input, in milliseconds. */
  idleLimit: number;
}

interface Held {
  accessToken: string;
  subject: string;
  expiresAt: number;
  /** Only where, or until, no cookie keeps the session. */
  refreshToken?: string;
}

const RENEW_BEFORE_MS = 60_000;
const GOOD_FOR_MS = 10_000;
const NOBODY: Session = { state: 'signed-out', username: null, subject: null, idleLimit: 30 * 60_000 };

let session: Session = NOBODY;
let held: Held | null = null;
let keeping: Promise<void> = Promise.resolve();
let renewing: Promise<string | null> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

function hold(next: Held): void {
  held = next;
  clearTimeout(timer);
  timer = setTimeout(() => void renewToken(), Math.max(5_000, next.expiresAt - Date.now() - RENEW_BEFORE_MS));
}

function drop(): Held | null {
  const last = held;
  clearTimeout(timer);
  held = null;
  return last;
}

const isGood = (tokens: Held | null): tokens is Held => tokens !== null && tokens.expiresAt - Date.now() > GOOD_FOR_MS;

/** Takes up the session that this browser has, if it has one; called once, before the first page. */
export async function restore(): Promise<void> {
  listenToTabs(hear);
  if (canKeep() && localStorage.getItem(deviceKey('has-session')) !== null) await takeUp();
}

async function takeUp(): Promise<void> {
  const before = session;
  if (before.state === 'signed-out') set({ ...before, state: 'restoring' });
  const found = await oneTabAtATime(() => renewKept(0)).catch(() => undefined);
  if (session.state === 'signed-in') return;
  if (found === null) localStorage.removeItem(deviceKey('has-session'));
  if (!found) set(before);
  else if (before.subject !== null && before.subject !== found.subject) location.reload();
  else enter(found, before.username);
}

function enter(found: Renewal, username: string | null): void {
  hold(found);
  if (session.subject === null) setActingPartner(keptPartner(found.subject));
  set({ state: 'signed-in', username, subject: found.subject, idleLimit: found.idleLimit });
}

export function begin(tokens: Tokens, username: string): void {
  hold(tokens);
  set({ ...session, state: 'signed-in', username, subject: tokens.subject });
  if (canKeep()) keeping = oneTabAtATime(() => keep(tokens)).catch(() => undefined);
}

/** Where the API cannot keep the session, it goes on as long as this page. */
async function keep(tokens: Tokens): Promise<void> {
  const kept = await keepSession(tokens.accessToken, tokens.refreshToken);
  if (!kept || held !== tokens) return;
  hold(kept);
  localStorage.setItem(deviceKey('has-session'), '');
  set({ ...session, idleLimit: kept.idleLimit });
  tellTabs({ kind: 'began', subject: kept.subject });
}

/** Ends the session of whoever has left the page alone; what was typed stays for when they are back. */
export function endIdle(): void {
  const last = held;
  end();
  if (last) void endAtServer(last);
}

/** The session could not be renewed: what is on the page stays until somebody signs in again. */
export function end(): void {
  const last = drop();
  if (session.state !== 'signed-in') return;
  set({ ...session, state: 'ended' });
  if (last) tellTabs({ kind: 'ended', subject: last.subject });
}

export async function signOut(): Promise<void> {
  const last = drop();
  leave();
  if (!last) return;
  tellTabs({ kind: 'signed-out', subject: last.subject });
  await endAtServer(last);
}

/** Ends the sessions of whoever is signed in everywhere, and here. */
export async function signOutEverywhere(): Promise<void> {
  const token = await accessToken();
  if (token) await endEverySession(token);
  await signOut();
}

function leave(): void {
  if (session.subject !== null) keepPartner(session.subject, null);
  localStorage.removeItem(deviceKey('has-session'));
  set({ ...NOBODY, idleLimit: session.idleLimit });
}

async function endAtServer(last: Held): Promise<void> {
  await keeping;
  if (canKeep()) await endKept().catch(() => undefined);
  if (last.refreshToken) await revoke(last.refreshToken).catch(() => undefined);
}

function hear(message: TabMessage): void {
  const isOurs = message.subject === session.subject;
  if (message.kind === 'renewed' && isOurs && held) hold(message);
  else if (message.kind === 'ended' && isOurs) end();
  else if (message.kind === 'signed-out' && isOurs) {
    drop();
    leave();
  } else if (message.kind === 'began') hearBegun(isOurs);
}

/** Another tab has signed in: the same person goes on here too; whoever else it is finds a page of their own. */
function hearBegun(isOurs: boolean): void {
  if (session.state === 'signed-in' && !isOurs) location.reload();
  else if (session.state !== 'signed-in' && (isOurs || session.subject === null)) void takeUp();
}

/** A token that is good for the next request, or null when the session has ended. */
export async function accessToken(): Promise<string | null> {
  if (!held) return null;
  return isGood(held) ? held.accessToken : renewToken();
}

/** Renews once, however many ask for it at the same moment. */
export function renewToken(): Promise<string | null> {
  renewing ??= renewOnce().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewOnce(): Promise<string | null> {
  await keeping;
  const before = held;
  if (!before) return null;
  try {
    return before.refreshToken ? await renewHeld(before, before.refreshToken) : await renewShared(before);
  } catch (error) {
    const unreachable = (error as { code?: string }).code === 'unreachable';
    if (unreachable && before.expiresAt > Date.now()) return before.accessToken;
    if (!unreachable) end();
    return null;
  }
}

async function renewHeld(before: Held, refreshToken: string): Promise<string | null> {
  const next = await renew(refreshToken);
  if (held !== before) return null;
  hold(next);
  return next.accessToken;
}

/** One tab renews for all; one that waited for it has been told the token by then. */
function renewShared(before: Held): Promise<string | null> {
  return oneTabAtATime(async () => {
    if (held !== before) return isGood(held) ? held.accessToken : null;
    const next = await renewKept(Math.max(0, Date.now() - lastInputAt()));
    if (held !== before) return null;
    if (next?.subject !== before.subject) {
      end();
      return null;
    }
    hold(next);
    tellTabs({ kind: 'renewed', ...next });
    return next.accessToken;
  });
}

export const current = (): Session => session;

export function useSession(): Session {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
