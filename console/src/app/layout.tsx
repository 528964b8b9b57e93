/** The frame of the console: the menu as the spine of a book, and the page beside it. */
import { useEffect, useRef, useState } from 'react';
import { Outlet, useLocation, useNavigation } from 'react-router';
import { useActingPartner } from '../api/acting';
import { useRights } from '../auth/me';
import { signOut } from '../auth/session';
import { text, word } from '../text/en';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { Link as AriaLink } from 'react-aria-components';
import { isCurrent, isPlatformPage, navigationFor, type NavGroup, type NavItem } from './navigation';
import { ChoosePartner, PartnerName } from './partner-choice';
import { useScheme, type Scheme } from './scheme';
import styles from './layout.module.css';

export function Layout() {
  const { pathname } = useLocation();
  const rights = useRights();
  const acting = useActingPartner();
  const main = useRef<HTMLElement>(null);
  const [isOpen, setOpen] = useState(false);
  const hasPartner = !rights.isOperator || acting !== null;
  usePageChange(pathname, main, () => setOpen(false));
  return (
    <div className={styles.layout}>
      <a className={styles.skip} href="#content" onClick={(event) => focusMain(event, main.current)}>
        {text.shell.skip}
      </a>
      <header className={styles.header} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      <div className={styles.topBar}>
        <Brand />
        <Button
          look="quiet"
          icon={isOpen ? 'close' : 'menu'}
          aria-label={isOpen ? text.shell.closeMenu : text.shell.openMenu}
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
        />
      </div>
      <div className={styles.spine} data-open={isOpen || undefined}>
        <div className={styles.spineBrand}>
          <Brand />
        </div>
        <PartnerName />
        <Navigation groups={navigationFor(rights, hasPartner)} />
        <Person />
      </div>
      </header>
      <main ref={main} id="content" tabIndex={-1} className={styles.main}>
        <LoadingLine />
        {hasPartner || isPlatformPage(pathname) ? <Outlet key={acting ?? ''} /> : <ChoosePartner />}
      </main>
    </div>
  );
}

function focusMain(event: React.MouseEvent, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}

/** After going to another page: to its top, and into it for those who listen. */
function usePageChange(pathname: string, main: React.RefObject<HTMLElement | null>, onChange: () => void): void {
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    onChange();
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  });
}

function Brand() {
  return (
    <span className={styles.brand}>
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <rect className={styles.cover} x="3" y="2" width="26" height="28" rx="5" />
        <path className={styles.fold} d="M9 2v28" />
        <path className={styles.mark} d="M18 2h7v14l-3.5-3-3.5 3z" />
      </svg>
      {text.product}
    </span>
  );
}

function LoadingLine() {
  const { state } = useNavigation();
  return state === 'loading' ? <div className={styles.loading} role="progressbar" aria-label={text.shell.loadingPage} /> : null;
}

function Navigation({ groups }: { groups: NavGroup[] }) {
  return (
    <nav aria-label={text.shell.organization} className={styles.nav}>
      {groups.map((group) => (
        <Group key={group.label} group={group} />
      ))}
    </nav>
  );
}

function Group({ group }: { group: NavGroup }) {
  const [isOpen, setOpen] = useState(true);
  if (!group.expands)
    return (
      <div className={styles.group}>
        <p className={styles.groupLabel}>{group.label}</p>
        <Items items={group.items} />
      </div>
    );
  return (
    <div className={styles.group}>
      <button type="button" className={styles.expander} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {group.icon && <Icon name={group.icon} />}
        {group.label}
        <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} />
      </button>
      {isOpen && (
        <div className={styles.nested}>
          <Items items={group.items} />
        </div>
      )}
    </div>
  );
}

function Items({ items }: { items: NavItem[] }) {
  const { pathname } = useLocation();
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href}>
          <AriaLink
            href={item.href}
            className={styles.item ?? ''}
            {...(isCurrent(item.href, pathname) ? { 'aria-current': 'page' as const } : {})}
          >
            <Icon name={item.icon} />
            {item.label}
          </AriaLink>
        </li>
      ))}
    </ul>
  );
}

const SCHEMES: Scheme[] = ['system', 'light', 'dark'];

function Person() {
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
