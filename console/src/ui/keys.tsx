/** The keys of a shortcut, as they are printed. */
import styles from './keys.module.css';
import { keysOf, type ShortcutId } from './shortcuts';

export function Keys({ of }: { of: ShortcutId }) {
  return (
    <span className={styles.keys}>
      {keysOf(of).map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
