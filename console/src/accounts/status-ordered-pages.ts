/** Reading the list page by page: open accounts first, then trials, expired trials and canceled ones. */
import type { StatusCode } from '../api/types';

/** The API orders by status letter, which would put canceled accounts first. */
const STATUS_ORDER: StatusCode[] = ['O', 'T', 'E', 'C'];
/** The first rows come soon; once somebody scrolls, many come together. */
const FIRST_PAGE_SIZE = 200;
const PAGE_SIZE = 500;

export interface PageStart {
  limit: number;
  /** The status whose accounts are read, where the list is read status by status. */
  status?: StatusCode;
  cursor?: string;
}

export function firstPage(status: StatusCode | undefined): PageStart {
  return { limit: FIRST_PAGE_SIZE, ...(status ? { status } : {}) };
}

/** Where to go on after a page; nowhere at the end. */
export function nextPage(
  start: PageStart,
  next: string | null | undefined,
  only: StatusCode | undefined,
): PageStart | undefined {
  const { cursor: _, ...rest } = start;
  if (next) return { ...rest, limit: PAGE_SIZE, cursor: next };
  const following = only || !start.status ? undefined : STATUS_ORDER[STATUS_ORDER.indexOf(start.status) + 1];
  return following ? { status: following, limit: PAGE_SIZE } : undefined;
}
