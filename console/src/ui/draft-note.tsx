/** At a field: what somebody else saved there while the form was open. */
import type { Draft } from './draft';
import styles from './fields.module.css';
import { labels } from './labels';

interface DraftNoteProps<T> {
  id: string;
  draft: Draft<T>;
  /** The value in words. */
  show: (value: T) => string;
}

export function DraftNote<T>({ id, draft: { theirs, isTheirs }, show }: DraftNoteProps<T>) {
  if (theirs === undefined && !isTheirs) return null;
  return (
    <span id={id} className={styles.theirs}>
      {theirs === undefined ? labels.conflict.changed : labels.conflict.theirs(show(theirs) || labels.conflict.empty)}
    </span>
  );
}

/** Ties the note to its field, while there is one. */
export function describedBy<T>({ theirs, isTheirs }: Draft<T>, noteId: string): { 'aria-describedby'?: string } {
  return theirs !== undefined || isTheirs ? { 'aria-describedby': noteId } : {};
}
