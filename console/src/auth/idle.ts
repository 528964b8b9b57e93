/** Ends a session that nobody has used for long, after a warning; the tabs of one browser tell each other of input. */

export const WARNING_MS = 60_000;
/** How often one tab tells the others, and looks at the time: a machine that slept has stopped its timers. */
const TELL_EVERY_MS = 1_000;
const INPUT_EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const CHANNEL = 'partnerbook-input';

let newest = Date.now();

/** When there was input last, in any tab; opening a page is input too. */
export const lastInputAt = (): number => newest;

/** What tells the other tabs of this browser. */
export interface Channel {
  postMessage: (subject: string) => void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  close: () => void;
}

export interface Idle {
  /** Counts as input: the answer to the warning. */
  stay: () => void;
  stop: () => void;
}

interface Watch {
  subject: string;
  /** How long a session lasts without input, in milliseconds. */
  limit: number;
  onWarning: (isShown: boolean) => void;
  onEnd: () => void;
  page?: EventTarget;
  channel?: Channel;
}

/** While the warning is shown only its answer counts, here or in another tab. */
export function watchInput({
  subject,
  limit,
  onWarning,
  onEnd,
  page = window,
  channel = new BroadcastChannel(CHANNEL),
}: Watch): Idle {
  let last = Date.now();
  let lastSentAt = 0;
  let isWarned = false;

  const note = () => {
    last = Date.now();
    newest = last;
  };

  const warn = (next: boolean) => {
    if (next !== isWarned) onWarning(next);
    isWarned = next;
  };
  const look = () => {
    const idle = Date.now() - last;
    if (idle < limit) return warn(idle >= limit - WARNING_MS);
    stop();
    onEnd();
  };
  const count = () => {
    note();
    warn(false);
  };
  const stay = () => {
    count();
    lastSentAt = last;
    channel.postMessage(subject);
  };
  const onInput = () => {
    look();
    if (isWarned || Date.now() - last >= limit) return;
    note();
    if (last - lastSentAt >= TELL_EVERY_MS) stay();
  };
  note();
  const timer = setInterval(look, TELL_EVERY_MS);
  const stop = () => {
    clearInterval(timer);
    for (const name of INPUT_EVENTS) page.removeEventListener(name, onInput, true);
    channel.close();
  };
  for (const name of INPUT_EVENTS) page.addEventListener(name, onInput, { capture: true, passive: true });
  channel.onmessage = ({ data }) => data === subject && count();
  return { stay, stop };
}
