/** Reading the list page by page: open accounts first, then trials, expired trials and canceled ones. */
import type { Page as AnyPage, StatusCode } from '../api/types';

type Page<T> = AnyPage<T> & { settled_on: string | null };

/** The API orders by status letter, which would put canceled accounts first. */
const STATUS_ORDER: StatusCode[] = ['O', 'T', 'E', 'C'];
const PAGE_SIZE = 200;

export interface PageStart {
  status: StatusCode;
  cursor?: string;
}

export interface StatusOrderedPage<T> {
  items: T[];
  settled_on: string | null;
  /** Where to go on; absent at the end. */
  start?: PageStart;
}

export function firstPage(status: StatusCode | undefined): PageStart {
  return { status: status ?? 'O' };
}

function after(start: PageStart, next: string | null | undefined, only: StatusCode | undefined): PageStart | undefined {
  if (next) return { status: start.status, cursor: next };
  const following = only ? undefined : STATUS_ORDER[STATUS_ORDER.indexOf(start.status) + 1];
  return following ? { status: following } : undefined;
}

/** One full page from `place` on; a page that the server cut short is filled up. */
export async function readPage<T>(
  start: PageStart,
  only: StatusCode | undefined,
  read: (start: PageStart, limit: number) => Promise<Page<T>>,
): Promise<StatusOrderedPage<T>> {
  const items: T[] = [];
  let settledOn: string | null = null;
  let at: PageStart | undefined = start;
  while (at && items.length < PAGE_SIZE) {
    const page: Page<T> = await read(at, PAGE_SIZE - items.length);
    items.push(...page.items);
    settledOn = page.settled_on ?? null;
    at = after(at, page.next, only);
  }
  return { items, settled_on: settledOn, ...(at ? { start: at } : {}) };
}
