/** How the last request for permission to manage came to nothing, in a sentence. */
import type { Account } from '../api/types';
import { text } from '../text/en';
import { formatDay } from '../text/format';

const sentences: Partial<Record<string, (day: string) => string>> = text.account.permission.ended;

/** Nothing where none did, and where it ended in a way that this console does not know. */
export function lastManagementRequest({ last_permission_request: last }: Account): string | null {
  return (last && sentences[last.status]?.(formatDay(last.ended_on))) ?? null;
}
