/** Reading the list page by page: open accounts first, then trials, expired trials and cancelled ones. */
import type { Page as AnyPage, StatusCode } from '../api/types';

type Page<T> = AnyPage<T> & { settled_on: string | null };

/** The API orders by status letter, which would put cancelled accounts first. */
const ORDER: StatusCode[] = ['O', 'T', 'E', 'C'];
const PAGE = 200;

export interface Place {
  status: StatusCode;
  cursor?: string;
}

export interface Read<T> {
  items: T[];
  settled_on: string | null;
  /** Where to go on; absent at the end. */
  place?: Place;
}

export function startOf(status: StatusCode | undefined): Place {
  return { status: status ?? 'O' };
}

function after(place: Place, next: string | null | undefined, only: StatusCode | undefined): Place | undefined {
  if (next) return { status: place.status, cursor: next };
  const following = only ? undefined : ORDER[ORDER.indexOf(place.status) + 1];
  return following ? { status: following } : undefined;
}

/** One full page from `place` on; a page that the server cut short is filled up. */
export async function readOn<T>(
  place: Place,
  only: StatusCode | undefined,
  read: (place: Place, limit: number) => Promise<Page<T>>,
): Promise<Read<T>> {
  const items: T[] = [];
  let settledOn: string | null = null;
  let at: Place | undefined = place;
  while (at && items.length < PAGE) {
    const page: Page<T> = await read(at, PAGE - items.length);
    items.push(...page.items);
    settledOn = page.settled_on ?? null;
    at = after(at, page.next, only);
  }
  return { items, settled_on: settledOn, ...(at ? { place: at } : {}) };
}
