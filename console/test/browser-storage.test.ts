/** What the browser keeps: every key is of the device or of one person at one partner. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepViews, viewsOf } from '../src/accounts/views';
import { personalKey } from '../src/auth/browser-storage';

class FakeStorage {
  readonly kept = new Map<string, string>();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.kept.set(key, value);
  removeItem = (key: string): void => void this.kept.delete(key);
}

const SOURCE = join(import.meta.dirname, '../src');
const ana = { subject: 'ana', partnerId: 'prt_1' };
const view = { name: 'Sleepers', query: 'never_logged_in=true' };

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, code: readFileSync(join(SOURCE, name), 'utf8') }));

/** Each use of the browser's storage by a method, with the key that it names. */
function keysUsed(): string[] {
  const use = /(?:[sS]torage)\.(?:get|set|remove)Item\(\s*([^,;\n]*)/g;
  return sources.flatMap(({ name, code }) => [...code.matchAll(use)].map((found) => `${name}: ${found[1]}`));
}

describe('the storage of the browser', () => {
  it('is used with keys of the device or of one person alone', () => {
    const scoped = /: (?:deviceKey\('|personalKey\('|UNOWNED_KEY\))/;
    expect(keysUsed().length).toBeGreaterThanOrEqual(5);
    expect(keysUsed().filter((use) => !scoped.test(use))).toEqual([]);
  });

  it('is used in no other way', () => {
    const other =
      /indexedDB|document\.cookie|(?:localStorage|sessionStorage)\s*(?:\[|\.(?!getItem|setItem|removeItem)\w)/;
    expect(sources.filter(({ code }) => other.test(code)).map(({ name }) => name)).toEqual([]);
  });

  it('has another key for another person and for another partner', () => {
    const owners = [
      ana,
      { ...ana, subject: 'ben' },
      { ...ana, partnerId: 'prt_2' },
      { ...ana, partnerId: null },
      { subject: 'ana/prt_1', partnerId: null },
    ];
    expect(new Set(owners.map((owner) => personalKey('account-views', owner))).size).toBe(owners.length);
  });
});

describe('saved views', () => {
  it('are there again for the same person at the same partner', () => {
    const storage = new FakeStorage();
    keepViews(ana, [view], storage);
    expect(viewsOf(ana, storage)).toEqual([view]);
  });

  it.each([
    { ...ana, subject: 'ben' },
    { ...ana, partnerId: 'prt_2' },
  ])('are not shown to %o', (other) => {
    const storage = new FakeStorage();
    keepViews(ana, [view], storage);
    expect(viewsOf(other, storage)).toEqual([]);
  });

  it('that an earlier version kept for everybody are shown to nobody and dropped', () => {
    const storage = new FakeStorage();
    storage.setItem('account-views', JSON.stringify([view]));
    expect([viewsOf(ana, storage), storage.kept.size]).toEqual([[], 0]);
  });
});
