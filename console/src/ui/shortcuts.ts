/** Every keyboard shortcut of the console, once: what listens for a key and what lists the keys both read it here. */
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** `Mod` is Ctrl, or Command on a Mac. A single character works outside fields and dialogs, and can be turned off. */
export const SHORTCUTS = {
  commandBar: ['Mod', 'K'],
  search: ['/'],
  help: ['?'],
  nextAccount: ['J'],
  previousAccount: ['K'],
  closePanel: ['Escape'],
} as const satisfies Record<string, readonly string[]>;

export type ShortcutId = keyof typeof SHORTCUTS;

export const SHORTCUT_IDS = Object.keys(SHORTCUTS) as ShortcutId[];

const isSingle = (keys: readonly string[]): boolean => keys.length === 1 && keys[0]?.length === 1;

let singleKeys = true;
const listeners = new Set<() => void>();

/** Turns the shortcuts of a single character on or off: speech input and slips press them unintended. */
export function setSingleKeys(on: boolean): void {
  singleKeys = on;
  for (const listener of listeners) listener();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => singleKeys,
  );
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Whether these are the keys of the shortcut. Shift is not asked for: on some keyboards “?” takes it, on others not. */
export function isShortcut(id: ShortcutId, { key, ctrlKey, metaKey, altKey }: Pressed): boolean {
  const keys: readonly string[] = SHORTCUTS[id];
  const wantsMod = keys[0] === 'Mod';
  if (altKey || wantsMod !== (ctrlKey !== metaKey) || (!wantsMod && ctrlKey)) return false;
  return key.toLowerCase() === keys.at(-1)?.toLowerCase();
}

const EDITABLE = 'input, textarea, select, [contenteditable="true"], [role="listbox"], [role="menu"]';
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Whether the key is meant for something else: a field, or what is open over the page. */
function isTaken(id: ShortcutId, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || document.querySelector(OVERLAYS)) return true;
  if (!isSingle(SHORTCUTS[id])) return false;
  return !singleKeys || (event.target instanceof Element && event.target.closest(EDITABLE) !== null);
}

/** Runs this when the keys of the shortcut are pressed, for as long as the component is there. */
export function useShortcut(id: ShortcutId, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isShortcut(id, event)) return;
      const taken = isTaken(id, event);
      // The browser has its own use for these: it would take whoever presses them twice out of the page.
      if (!taken || SHORTCUTS[id].length > 1) event.preventDefault();
      if (taken) return;
      latest.current();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [id]);
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys as they are printed on this keyboard. */
export function keysOf(id: ShortcutId): string[] {
  return SHORTCUTS[id].map((key) => (key === 'Mod' ? (isMac() ? '⌘' : 'Ctrl') : key === 'Escape' ? 'Esc' : key));
}

/** The keys as `aria-keyshortcuts` takes them. */
export function ariaKeysOf(id: ShortcutId): string {
  const last = SHORTCUTS[id].at(-1) ?? '';
  return isSingle(SHORTCUTS[id]) || SHORTCUTS[id].length === 1 ? last : `Control+${last} Meta+${last}`;
}
