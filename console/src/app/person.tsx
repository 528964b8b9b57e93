/** Who is signed in, how to leave, and the colours. */
import { useRights } from '../auth/me';
import { signOut } from '../auth/session';
import { text, word } from '../text/en';
import { Icon } from '../ui/icon';
import { useScheme, type Scheme } from './scheme';
import styles from './layout.module.css';

const SCHEMES: Scheme[] = ['system', 'light', 'dark'];

export function Person() {
  const { me } = useRights();
  const [scheme, choose] = useScheme();
  return (
    <div className={styles.person}>
      <div className={styles.personLine}>
        <p>
          <span className="visually-hidden">{text.shell.signedInAs} </span>
          <span className={styles.personName}>{me.name || me.email}</span>
          <span className={styles.personRole}>{word(text.shell.roles, me.role)}</span>
        </p>
        <button type="button" className={styles.signOut} onClick={() => void signOut()}>
          <Icon name="sign-out" />
          {text.shell.signOut}
        </button>
      </div>
      <label className={styles.scheme}>
        <span>{text.shell.scheme}</span>
        <select value={scheme} onChange={(event) => choose(event.target.value as Scheme)}>
          {SCHEMES.map((each) => (
            <option key={each} value={each}>
              {text.shell.schemes[each]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
