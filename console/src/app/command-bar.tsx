/** The command bar: goes to a page or an account, does something, or runs a report, by a few letters of its name. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useHref, useNavigate } from 'react-router';
import { accountsHref } from '../account-filters/filters';
import { StatusBadge } from '../accounts/badges';
import { useActingPartner } from '../api/acting-partner';
import { api, unwrap } from '../api/client';
import { switchPartner } from '../api/switch-partner';
import type { Account } from '../api/types';
import { useRights } from '../auth/me';
import { signOut } from '../auth/session';
import { text } from '../text/en';
import { CommandBox, type CommandGroup } from '../ui/command-box';
import { useDensity } from '../ui/density';
import { useColorScheme } from './color-scheme';
import styles from './command-bar.module.css';
import { type Command, matching, sectionsFor } from './commands';
import { chooseDensity } from './preferences';

const labels = text.commandBar;
const MAX_ACCOUNTS = 6;
const PAUSE_MS = 120;

export interface CommandBarProps {
  onClose: () => void;
  onHelp: () => void;
}

export function CommandBar({ onClose, onHelp }: CommandBarProps) {
  return (
    <ModalOverlay className={styles.scrim} isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog} aria-label={labels.title}>
          <Finder onClose={onClose} onHelp={onHelp} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Finder({ onClose, onHelp }: CommandBarProps) {
  const rights = useRights();
  const acting = useActingPartner();
  const hasPartner = !rights.isOperator || acting !== null;
  const [typed, setTyped] = useState('');
  const searched = useAfterPause(typed.trim(), PAUSE_MS);
  const accounts = useFoundAccounts(searched, hasPartner && rights.can('list_accounts'));
  const choose = useChoose({ onClose, onHelp });
  const found = searched === typed.trim() ? (accounts.data ?? []) : [];
  const sections = matching(sectionsFor(rights, hasPartner), typed);
  const commands = new Map(sections.flatMap((section) => section.commands.map((command) => [command.id, command])));
  const groups: CommandGroup[] = sections.map((section) => ({ label: section.label, options: section.commands }));
  if (found.length > 0) groups.push({ label: labels.accounts, options: [...found.map(optionOf), allOf(typed)] });
  const isSearching = typed.trim() !== '' && (searched !== typed.trim() || accounts.isFetching) && hasPartner;
  return (
    <CommandBox
      label={labels.title}
      placeholder={hasPartner ? labels.placeholder : labels.placeholderPages}
      value={typed}
      onChange={setTyped}
      groups={groups}
      status={statusOf({ isSearching, hasFailed: accounts.isError, hasFound: groups.length > 0 })}
      onChoose={(id, inNewTab) => choose(commands.get(id) ?? { id, label: id, icon: 'accounts', href: id }, inNewTab)}
    />
  );
}

/** The value as it is once it has been left alone for a while. */
function useAfterPause(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}

function useFoundAccounts(typed: string, isAllowed: boolean) {
  return useQuery({
    queryKey: ['accounts', 'found', typed],
    enabled: isAllowed && typed !== '',
    queryFn: async ({ signal }) => {
      const query = { q: typed, limit: MAX_ACCOUNTS };
      return (await unwrap(api().GET('/accounts', { params: { query }, signal }))).items;
    },
  });
}

const optionOf = (account: Account) => ({
  id: `/accounts/${account.account_id}`,
  label: account.organization || account.username,
  icon: 'accounts' as const,
  detail: (
    <>
      {account.username}
      <StatusBadge status={account.status} />
    </>
  ),
});

const allOf = (typed: string) => ({
  id: accountsHref({ q: typed.trim() }),
  label: labels.allAccounts(typed.trim()),
  icon: 'search' as const,
});

interface Found {
  isSearching: boolean;
  hasFailed: boolean;
  hasFound: boolean;
}

function statusOf({ isSearching, hasFailed, hasFound }: Found): string {
  if (isSearching) return labels.searching;
  if (hasFailed) return labels.failed;
  return hasFound ? '' : labels.nothing;
}

/** Does what was chosen, after the command bar has gone. */
function useChoose({ onClose, onHelp }: CommandBarProps): (command: Command, inNewTab: boolean) => void {
  const navigate = useNavigate();
  const base = useHref('/');
  const density = useDensity();
  const [, chooseScheme] = useColorScheme();
  const own: Record<string, () => void> = {
    partner: () => switchPartner(null),
    density: () => chooseDensity(density === 'compact' ? 'comfortable' : 'compact'),
    light: () => chooseScheme('light'),
    dark: () => chooseScheme('dark'),
    help: onHelp,
    'sign-out': () => void signOut(),
  };
  return ({ id, href }, inNewTab) => {
    onClose();
    if (!href) own[id]?.();
    else if (inNewTab) window.open(base.replace(/\/$/, '') + href, '_blank', 'noopener');
    else void navigate(href);
  };
}
