/** The history of one account. */

import { text } from '../text/en';
import { formatMoment } from '../text/format';
import { Button } from '../ui/button';
import { Failure, Skeleton } from '../ui/states';
import styles from './audit.module.css';
import { Changes, kindInWords, useActorName } from './entry';
import { grouped } from './grouping';
import { useAudit } from './queries';

const INITIAL_ENTRIES = 10;

export function History({ accountId }: { accountId: string }) {
  const audit = useAudit({ account_id: accountId }, INITIAL_ENTRIES);
  const who = useActorName();
  if (audit.error && !audit.data) return <Failure error={audit.error} onRetry={() => void audit.refetch()} />;
  if (!audit.data) return <Skeleton lines={3} />;
  const entries = grouped(audit.data.pages.flatMap((page) => page.items));
  if (entries.length === 0) return <p>{text.audit.emptyTitle}</p>;
  return (
    <>
      <ul className={styles.history}>
        {entries.map((entry) => (
          <li key={entry.audit_id}>
            <span className={styles.when}>{formatMoment(entry.at)}</span>
            <span>
              <strong>{kindInWords(entry.kind)}</strong>
              <br />
              <span className={styles.who}>{who(entry)}</span>
            </span>
            <Changes changes={entry.changes} />
          </li>
        ))}
      </ul>
      {audit.hasNextPage && (
        <p className={styles.more}>
          <Button small isPending={audit.isFetchingNextPage} onPress={() => void audit.fetchNextPage()}>
            {text.audit.more}
          </Button>
        </p>
      )}
    </>
  );
}
