/** What time it is for the server: its days and deadlines count, whatever the clock of this machine says. */
let known: { serverMs: number; heardAt: number } | null = null;

/** Kept with the answer that says it; what has passed since is measured, not read off a clock. */
export function setServerTime(now: string): void {
  known = { serverMs: Date.parse(now), heardAt: performance.now() };
}

export function serverNow(): number {
  return known ? known.serverMs + performance.now() - known.heardAt : Date.now();
}

/** Today as the business counts days: the server's UTC calendar day. */
export function today(): string {
  return new Date(serverNow()).toISOString().slice(0, 10);
}
