/** One entry of the history in words. */
import { useTeam } from '../team/queries';
import { formatMoment } from '../text/format';
import { text, word } from '../text/en';
import type { AuditEntry, FieldChange } from './queries';
import styles from './audit.module.css';

const labels = text.audit;
const ROLES: Record<string, string> = { ...text.shell.roles, ...labels.roles };

export function kindInWords(kind: string): string {
  return word(labels.kinds, kind.includes('.') && !(kind in labels.kinds) ? kind.replaceAll('.', ' ') : kind);
}

/** Names of the team by subject; others are told by their role. */
export function useWho(): (entry: AuditEntry) => string {
  const team = useTeam();
  return (entry) => {
    const name = team.data?.find((member) => member.member_id === entry.subject)?.name;
    const who = name || word(ROLES, entry.role);
    return entry.acting_for ? labels.by(who, entry.acting_for) : who;
  };
}

export function Changes({ changes }: { changes: FieldChange[] }) {
  if (changes.length === 0) return <>{text.none}</>;
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.field}>{inWords(change)}</li>
      ))}
    </ul>
  );
}

function inWords({ field, old, new: now }: FieldChange): string {
  const name = field.replaceAll('_', ' ');
  if (old === null && now === null) return `${name}: ${labels.personal}`;
  if (old === null) return `${name}: ${readable(now)}`;
  return labels.change(name, readable(old), readable(now));
}

/** An instant as people read it; everything else as it is. */
function readable(value: string | null): string {
  if (value === null) return labels.nothing;
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value) ? formatMoment(value) : value;
}
