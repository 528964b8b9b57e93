/** What the command bar offers somebody: pages, actions and reports, and nothing that the API would refuse. */
import type { Operation, Rights } from '../auth/me';
import { REPORTS } from '../reports/catalogue';
import { text } from '../text/en';
import type { IconName } from '../ui/icon';
import { navigationFor } from './navigation';

export interface Command {
  id: string;
  label: string;
  icon: IconName;
  /** Where it leads; the others are done by the command bar itself. */
  href?: string;
}

export interface CommandSection {
  label: string;
  commands: Command[];
}

const labels = text.commandBar;

/** What a page asks first: where that would be refused, the page is not offered. */
const NEEDS: Record<string, Operation> = {
  '/': 'get_summary',
  '/accounts': 'list_accounts',
  '/reports': 'list_report_runs',
  '/reports/schedules': 'list_report_schedules',
  '/reports/deliveries': 'list_deliveries',
  '/bonuses': 'list_bonuses',
  '/departures': 'list_departures',
  '/imports': 'list_imports',
  '/invite': 'get_invite',
  '/services': 'list_service_requests',
  '/team': 'list_team',
  '/settings': 'get_settings',
  '/audit': 'list_audit',
  '/partners': 'list_partners',
  '/sms-reviews': 'list_sms_registrations',
  '/nightly-runs': 'list_nightly_runs',
};

const PROFILE: Command = { id: '/profile', label: text.shell.pages.profile, icon: 'lock', href: '/profile' };
const DEEPER: Command[] = [
  { id: '/reports/schedules', label: labels.schedules, icon: 'reports', href: '/reports/schedules' },
  { id: '/reports/deliveries', label: labels.deliveries, icon: 'reports', href: '/reports/deliveries' },
];

interface Deed extends Command {
  needs: Operation;
  /** Is done for a partner, so that one has to be chosen. */
  forPartner?: boolean;
}

const DEEDS: Deed[] = [
  { id: 'new-account', label: text.accounts.newAccount, icon: 'add', href: '/accounts/new', needs: 'create_account' },
  { id: 'export', label: labels.exportAccounts, icon: 'download', href: '/accounts?open=export', needs: 'run_report' },
  { id: 'new-import', label: text.imports.new, icon: 'imports', href: '/imports?open=new', needs: 'create_import' },
  { id: 'ask', label: labels.askForServices, icon: 'services', href: '/services?account=', needs: 'request_service' },
  {
    id: 'new-schedule',
    label: text.reports.schedules.add,
    icon: 'reports',
    href: '/reports/schedules?open=new',
    needs: 'create_report_schedule',
  },
  { id: 'invite', label: text.team.invite, icon: 'team', href: '/team?open=invite', needs: 'invite_member' },
].map((deed) => ({ ...deed, forPartner: true }) as Deed);

export function sectionsFor(rights: Rights, hasPartner: boolean): CommandSection[] {
  const isOffered = ({ href = '' }: Command) => !NEEDS[href] || rights.can(NEEDS[href]);
  const menu = navigationFor(rights, hasPartner).flatMap((group) => group.items);
  const places = [...menu.map((item) => ({ ...item, id: item.href })), ...(hasPartner ? DEEPER : []), PROFILE];
  return [
    { label: labels.pages, commands: places.filter(isOffered) },
    { label: labels.actions, commands: [...deedsFor(rights, hasPartner), ...ownCommands(rights, hasPartner)] },
    { label: labels.reports, commands: hasPartner && rights.can('run_report') ? runs() : [] },
  ];
}

/** An operator asks for no services: it is the one who quotes them. */
function deedsFor(rights: Rights, hasPartner: boolean): Command[] {
  return DEEDS.filter(
    ({ id, needs, forPartner }) =>
      rights.can(needs) && (hasPartner || !forPartner) && !(id === 'ask' && rights.isOperator),
  );
}

const runs = (): Command[] =>
  REPORTS.map(({ code }) => ({
    id: `run:${code}`,
    label: labels.run(text.words.report[code]),
    icon: 'reports',
    href: `/reports?generate=${code}`,
  }));

/** What changes nothing but the console itself; the command bar does it. */
function ownCommands({ isOperator, me }: Rights, hasPartner: boolean): Command[] {
  const mayChange = hasPartner && (isOperator || me.memberships.length > 1);
  return [
    ...(mayChange ? [{ id: 'partner', label: text.shell.changePartner, icon: 'partners' as const }] : []),
    { id: 'density', label: labels.density, icon: 'columns' },
    { id: 'light', label: labels.scheme(text.shell.schemes.light), icon: 'sun' },
    { id: 'dark', label: labels.scheme(text.shell.schemes.dark), icon: 'moon' },
    { id: 'help', label: text.keyboard.title, icon: 'help' },
    { id: 'sign-out', label: text.shell.signOut, icon: 'sign-out' },
  ];
}

const plain = (value: string): string => value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (value: string): string[] =>
  plain(value)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Those whose words begin with what was typed, in any order. */
export function matching(sections: CommandSection[], typed: string): CommandSection[] {
  const wanted = wordsOf(typed);
  const fits = ({ label }: Command) => {
    const words = wordsOf(label);
    return wanted.every((start) => words.some((word) => word.startsWith(start)));
  };
  return sections
    .map(({ label, commands }) => ({ label, commands: commands.filter(fits) }))
    .filter(({ commands }) => commands.length > 0);
}
