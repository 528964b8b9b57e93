/** Shortcuts: which keys press which, and that every one that is listed is listened for and explained. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { text } from '../src/text/en';
import { isShortcut, SHORTCUT_IDS } from '../src/ui/shortcuts';

const SOURCE = join(import.meta.dirname, '../src');
const NONE = { ctrlKey: false, metaKey: false, altKey: false };

describe('a shortcut', () => {
  it('with Ctrl or Command is not the letter alone, nor the letter the shortcut', () => {
    expect(isShortcut('commandBar', { ...NONE, key: 'k', ctrlKey: true })).toBe(true);
    expect(isShortcut('commandBar', { ...NONE, key: 'K', metaKey: true })).toBe(true);
    expect(isShortcut('commandBar', { ...NONE, key: 'k' })).toBe(false);
    expect(isShortcut('search', { ...NONE, key: '/', ctrlKey: true })).toBe(false);
    expect(isShortcut('search', { ...NONE, key: '/' })).toBe(true);
    expect(isShortcut('help', { ...NONE, key: '?', altKey: true })).toBe(false);
  });

  it('is listened for somewhere, and has its words, if it is in the list', () => {
    const code = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(SOURCE, name), 'utf8'))
      .join('\n');
    expect(SHORTCUT_IDS.filter((id) => !code.includes(`useShortcut('${id}'`))).toEqual([]);
    expect(Object.keys(text.keyboard.shortcuts).sort()).toEqual([...SHORTCUT_IDS].sort());
  });
});
