/** The frame of the console: the navigation, and the page beside it. */
import { useEffect, useRef, useState } from 'react';
import { Outlet, useLocation, useNavigation } from 'react-router';
import { useActingPartner } from '../api/acting-partner';
import { useRights } from '../auth/me';
import { RunWatch } from '../reports/run-watch';
import { text } from '../text/en';
import { Button } from '../ui/button';
import { ActingBanner } from './acting-banner';
import styles from './layout.module.css';
import { Navigation } from './left-menu';
import { isPlatformPage, navigationFor } from './navigation';
import { ChoosePartner, PartnerName } from './partner-choice';
import { CommandBarButton, useQuickAccess } from './quick-access';
import { RefreshFailed } from './refresh-failed';
import { UserMenu } from './user-menu';

export function Layout() {
  const { pathname } = useLocation();
  const rights = useRights();
  const acting = useActingPartner();
  const main = useRef<HTMLElement>(null);
  const [isOpen, setOpen] = useState(false);
  const hasPartner = !rights.isOperator || acting !== null;
  const { openCommands, openHelp, overlay } = useQuickAccess();
  usePageChange(pathname, main, () => setOpen(false));
  return (
    <div className={styles.layout}>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place on this page, which the router must not see */}
      <a className={styles.skip} href="#content" onClick={(event) => focusMain(event, main.current)}>
        {text.shell.skip}
      </a>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape comes up from the menu's own controls */}
      <header className={styles.header} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        <div className={styles.topBar}>
          <Brand />
          <Button look="quiet" icon="search" aria-label={text.commandBar.open} onPress={openCommands} />
          <Button
            look="quiet"
            icon={isOpen ? 'close' : 'menu'}
            aria-label={isOpen ? text.shell.closeMenu : text.shell.openMenu}
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          />
        </div>
        <div className={styles.sidebar} data-open={isOpen || undefined}>
          <div className={styles.sidebarBrand}>
            <Brand />
          </div>
          <PartnerName />
          <CommandBarButton onOpen={openCommands} />
          <Navigation groups={navigationFor(rights, hasPartner)} />
          <UserMenu onHelp={openHelp} />
        </div>
      </header>
      <main ref={main} id="content" tabIndex={-1} className={styles.main}>
        <LoadingLine />
        <ActingBanner />
        <RefreshFailed />
        {hasPartner || isPlatformPage(pathname) ? <Outlet key={acting ?? ''} /> : <ChoosePartner />}
      </main>
      {overlay}
      <RunWatch />
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
  return state === 'loading' ? (
    <div className={styles.loading} role="progressbar" aria-label={text.shell.loadingPage} />
  ) : null;
}
