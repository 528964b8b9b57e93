/** Who is signed in, how to leave, and the colors. */
import { Link } from 'react-aria-components';
import { useRights } from '../auth/me';
import { signOut } from '../auth/session';
import { text, word } from '../text/en';
import { Icon } from '../ui/icon';
import { type ColorScheme, useColorScheme } from './color-scheme';
import styles from './layout.module.css';

const SCHEMES: ColorScheme[] = ['system', 'light', 'dark'];

export function UserMenu() {
  const { me } = useRights();
  const [scheme, choose] = useColorScheme();
  return (
    <div className={styles.person}>
      <div className={styles.personLine}>
        <p>
          <span className="visually-hidden">{text.shell.signedInAs} </span>
          <span className={styles.personName}>{me.name || me.email}</span>
          <span className={styles.personRole}>{word(text.shell.roles, me.role)}</span>
          <Link href="/profile" className={styles.profile ?? ''}>
            {text.shell.pages.profile}
          </Link>
        </p>
        <button type="button" className={styles.signOut} onClick={() => void signOut()}>
          <Icon name="sign-out" />
          {text.shell.signOut}
        </button>
      </div>
      <label className={styles.scheme}>
        <span>{text.shell.scheme}</span>
        <select value={scheme} onChange={(event) => choose(event.target.value as ColorScheme)}>
          {SCHEMES.map((choice) => (
            <option key={choice} value={choice}>
              {text.shell.schemes[choice]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
