/** Who is signed in, how to leave, and the colors. */
import { Link } from 'react-aria-components';
import { useRights } from '../auth/me';
import { signOut } from '../auth/session';
import { text, word } from '../text/en';
import { type Density, useDensity } from '../ui/density';
import { Icon } from '../ui/icon';
import { type ColorScheme, useColorScheme } from './color-scheme';
import styles from './layout.module.css';
import { chooseDensity } from './preferences';

const SCHEMES: ColorScheme[] = ['system', 'light', 'dark'];
const DENSITIES: Density[] = ['comfortable', 'compact'];

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { me } = useRights();
  const [scheme, choose] = useColorScheme();
  const density = useDensity();
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
      <label className={styles.scheme}>
        <span>{text.shell.density}</span>
        <select value={density} onChange={(event) => chooseDensity(event.target.value as Density)}>
          {DENSITIES.map((choice) => (
            <option key={choice} value={choice}>
              {text.shell.densities[choice]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className={styles.help} aria-haspopup="dialog" aria-keyshortcuts="?" onClick={onHelp}>
        <Icon name="help" />
        {text.keyboard.title}
      </button>
    </div>
  );
}
