/** What stands where rows would: loading, nothing, or what went wrong and a way on. */
import type { ReactNode } from 'react';
import { Button } from './button';
import { useErrorPresenter } from './error-presenter';
import { Icon } from './icon';
import { labels } from './labels';
import styles from './states.module.css';

export function Skeleton({ lines = 6, label = labels.states.loading }: { lines?: number; label?: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div className={styles.skeleton} role="group" aria-busy="true" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <span key={index} className={styles.line} />
      ))}
    </div>
  );
}

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.detail}>{children}</div>}
      {action}
    </div>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, detail } = useErrorPresenter().explain(error);
  return (
    <div className={styles.state} role="alert">
      <span className={styles.mark}>
        <Icon name="alert" size={24} />
      </span>
      <p className={styles.title}>{title}</p>
      <p className={styles.detail}>{detail}</p>
      {onRetry && (
        <Button icon="refresh" onPress={onRetry}>
          {labels.actions.tryAgain}
        </Button>
      )}
    </div>
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** Draws what a query holds, or its waiting, or its failure. */
export function Loaded<T>({
  query,
  lines,
  children,
}: {
  query: QueryLike<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  const { isGone } = useErrorPresenter();
  const data = isGone(query.error) ? undefined : query.data;
  if (data !== undefined) return <>{children(data)}</>;
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton lines={lines ?? 6} />;
}
