/** One import writes an entry for each batch of its rows: in the history they are one line. */
import type { AuditEntry } from './queries';

const BATCH = 'import.accounts_written';
const SUMS = ['accounts', 'adjusted'];

/** Neighbors of the same import become one entry, with their sums; the newest gives the moment. */
export function grouped(entries: AuditEntry[]): AuditEntry[] {
  const rows: AuditEntry[] = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    if (last && isSameImport(last, entry)) rows[rows.length - 1] = together(last, entry);
    else rows.push(entry.kind === BATCH ? withoutLines(entry) : entry);
  }
  return rows;
}

const changedTo = (entry: AuditEntry, field: string) => entry.changes.find((change) => change.field === field)?.new;

function isSameImport(one: AuditEntry, other: AuditEntry): boolean {
  return one.kind === BATCH && other.kind === BATCH && changedTo(one, 'import_id') === changedTo(other, 'import_id');
}

/** Which lines a batch held says nothing once batches stand together. */
const withoutLines = (entry: AuditEntry): AuditEntry => ({
  ...entry,
  changes: entry.changes.filter(({ field }) => field !== 'lines'),
});

function together(newer: AuditEntry, older: AuditEntry): AuditEntry {
  const changes = newer.changes.map((change) =>
    SUMS.includes(change.field)
      ? { ...change, new: String(Number(change.new ?? 0) + Number(changedTo(older, change.field) ?? 0)) }
      : change,
  );
  return { ...newer, changes };
}
