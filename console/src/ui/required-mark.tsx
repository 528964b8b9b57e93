/** Beside the label of a field that must be filled in; those who listen hear it from the field itself. */
import styles from './fields.module.css';

export function RequiredMark() {
  return <span className={styles.required} aria-hidden="true" />;
}
