/** What is one key away on every page: the command bar, the keyboard help, the page's search field. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { text } from '../text/en';
import { Icon } from '../ui/icon';
import { Keys } from '../ui/keys';
import { ariaKeysOf, useShortcut } from '../ui/shortcuts';
import styles from './layout.module.css';

const loadCommandBar = () => import('./command-bar');
const loadKeyboardHelp = () => import('./keyboard-help');
const CommandBar = lazy(async () => ({ default: (await loadCommandBar()).CommandBar }));
const KeyboardHelp = lazy(async () => ({ default: (await loadKeyboardHelp()).KeyboardHelp }));

type Open = 'commands' | 'help' | null;

export interface QuickAccess {
  openCommands: () => void;
  openHelp: () => void;
  overlay: React.ReactNode;
}

export function useQuickAccess(): QuickAccess {
  const [open, setOpen] = useState<Open>(null);
  const openCommands = () => setOpen('commands');
  const openHelp = () => setOpen('help');
  const close = () => setOpen(null);
  useShortcut('commandBar', openCommands);
  useShortcut('help', openHelp);
  useShortcut('search', focusSearch);
  // Fetched when the page is there: whoever presses the keys types on at once.
  useEffect(() => {
    // Without a connection it is asked for again when it is opened.
    const timer = setTimeout(() => void loadCommandBar().catch(() => {}), 500);
    return () => clearTimeout(timer);
  }, []);
  const overlay = open && (
    <Suspense fallback={null}>
      {open === 'commands' ? <CommandBar onClose={close} onHelp={openHelp} /> : <KeyboardHelp onClose={close} />}
    </Suspense>
  );
  return { openCommands, openHelp, overlay };
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  field?.focus();
  field?.select();
}

/** Opens the command bar, for whoever does not know its keys. */
export function CommandBarButton({ onOpen }: { onOpen: () => void }) {
  return (
    <button
      type="button"
      className={styles.commandBar}
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeysOf('commandBar')}
      onClick={onOpen}
    >
      <Icon name="search" />
      <span>{text.commandBar.open}</span>
      <span aria-hidden="true">
        <Keys of="commandBar" />
      </span>
    </button>
  );
}
