/** Which date format an import starts with, and what is wrong with a row of its preview. */
import type { DateFormat, ImportKind, PreviewRow } from './queries';

/** What was picked; or else the one format that fits. Where several fit or none does, it is for whoever uploads to say. */
export function chosenFormat(
  kind: ImportKind,
  picked: DateFormat | null,
  fitting: readonly DateFormat[],
): DateFormat | null {
  if (kind !== 'portfolio') return 'YYYY-MM-DD';
  return picked ?? (fitting.length === 1 ? (fitting[0] ?? null) : null);
}

export function rowProblem({ problems }: PreviewRow): string {
  return problems.map(({ column, reason }) => (column ? `${column}: ${reason}` : reason)).join(' ');
}
