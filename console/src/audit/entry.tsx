/** One entry of the history: what was done, by whom, and what it changed. */
import { useNameOf } from '../team/queries';
import { text, word } from '../text/en';
import styles from './audit.module.css';
import { changesInWords } from './change';
import type { AuditEntry, FieldChange } from './queries';

const labels = text.audit;
const ROLES: Record<string, string> = { ...text.shell.roles, ...labels.roles };

export function kindInWords(kind: string): string {
  return word(labels.kinds, kind in labels.kinds ? kind : kind.replaceAll('.', ' '));
}

/** Names of the team by subject; others are told by their role. */
export function useActorName(): (entry: AuditEntry) => string {
  const nameOf = useNameOf();
  return (entry) => {
    const who = nameOf(entry.subject) ?? word(ROLES, entry.role);
    return entry.acting_for ? labels.by(who, entry.acting_for) : who;
  };
}

export function Changes({ changes }: { changes: FieldChange[] }) {
  const sentences = changesInWords(changes);
  if (sentences.length === 0) return <>{text.none}</>;
  return (
    <ul className={styles.changes}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
