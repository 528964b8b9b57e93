/** What the tabs of one browser tell each other of their session. It goes through memory, and to this origin alone. */

export type TabMessage =
  | { kind: 'began' | 'ended' | 'signed-out'; subject: string }
  | { kind: 'renewed'; subject: string; accessToken: string; expiresAt: number };

const NAME = 'partnerbook-session';
let channel: BroadcastChannel | null = null;

export function listenToTabs(onMessage: (message: TabMessage) => void): void {
  channel?.close();
  channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }) => onMessage(data as TabMessage);
}

export function tellTabs(message: TabMessage): void {
  channel?.postMessage(message);
}

/** Does it while no other tab does; without such locks tabs may do it at once, which the API allows for. */
export async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? navigator.locks.request(NAME, work) : work();
}
