/** The one live region, and the notices a person can also see. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import styles from './announce.module.css';
import { Button, TextLink } from './button';
import { Icon } from './icon';
import { labels } from './labels';

interface Notice {
  id: number;
  message: string;
  tone: 'good' | 'bad';
  /** Where it leads on. */
  link?: NoticeLink | undefined;
}

interface NoticeLink {
  href: string;
  label: string;
}

let notices: Notice[] = [];
let spoken = '';
let nextId = 1;
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says something to people who listen to the page, without showing it. */
export function announce(message: string): void {
  spoken = spoken === message ? `${message}\u00a0` : message;
  changed();
}

/** Shows and says what has happened. */
export function notify(message: string, tone: Notice['tone'] = 'good', link?: NoticeLink): void {
  notices = [...notices.slice(-2), { id: nextId++, message, tone, link }];
  announce(message);
}

/** What was said to one person is not for the next. */
export function forgetNotices(): void {
  notices = [];
  spoken = '';
  changed();
}

function dismiss(id: number): void {
  notices = notices.filter((notice) => notice.id !== id);
  changed();
}

export function Announcer() {
  const message = useSyncExternalStore(subscribe, () => spoken);
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <>
      <div role="status" aria-live="polite" className="visually-hidden">
        {message}
      </div>
      <section className={styles.stack} aria-label={labels.notices}>
        {shown.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
      </section>
    </>
  );
}

const NOTICE_MS = 7_000;

function NoticeCard({ notice }: { notice: Notice }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (notice.tone === 'bad' || notice.link || isHeld) return;
    const timer = setTimeout(() => dismiss(notice.id), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice, isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody reads it
    <div
      className={`${styles.notice} ${styles[notice.tone]}`}
      data-react-aria-top-layer="true"
      data-notice=""
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={notice.tone === 'good' ? 'check' : 'alert'} />
      <p>
        {notice.message}
        {notice.link && (
          <>
            {' '}
            <TextLink href={notice.link.href} onPress={() => dismiss(notice.id)}>
              {notice.link.label}
            </TextLink>
          </>
        )}
      </p>
      <Button look="quiet" small icon="close" aria-label={labels.actions.dismiss} onPress={() => dismiss(notice.id)} />
    </div>
  );
}
