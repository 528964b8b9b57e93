/** Reading a list to its end, where a page shows it as a whole. */
import type { Page } from './types';

const MAX_PAGES = 50;

export interface PageParams {
  limit: number;
  cursor?: string;
}

export async function allPages<T>(read: (params: PageParams) => Promise<Page<T>>, maxPages = MAX_PAGES): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < maxPages; count += 1) {
    const page = await read({ limit: 200, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.next ?? undefined;
    if (!cursor) break;
  }
  return items;
}
