/** The left menu: what stands in it, for whom. */
import type { Rights } from '../auth/me';
import type { Queue } from '../queues/queries';
import { text } from '../text/en';
import type { IconName } from '../ui/icon';

export interface NavItem {
  href: string;
  label: string;
  icon: IconName;
  /** The queues whose count stands beside it. */
  queues?: Queue[];
}

export interface NavGroup {
  label: string;
  icon?: IconName;
  /** Opens and closes; the others are always open. */
  expands?: boolean;
  items: NavItem[];
}

const { pages, groups } = text.shell;

const ACCOUNTS: NavItem[] = [
  { href: '/accounts', label: pages.myAccounts, icon: 'accounts' },
  { href: '/reports', label: pages.reports, icon: 'reports' },
  { href: '/bonuses', label: pages.bonuses, icon: 'bonus' },
  { href: '/departures', label: pages.departures, icon: 'departures' },
  { href: '/bulk-operations', label: pages.bulkOperations, icon: 'check' },
];
const IMPORTS: NavItem = { href: '/imports', label: pages.imports, icon: 'imports' };
const GROW: NavItem[] = [
  { href: '/invite', label: pages.invite, icon: 'invite' },
  { href: '/services', label: pages.services, icon: 'services' },
];
const PLATFORM: NavItem[] = [
  { href: '/overview', label: pages.overview, icon: 'dashboard' },
  { href: '/partners', label: pages.partners, icon: 'partners' },
  { href: '/sms-reviews', label: pages.reviews, icon: 'check', queues: ['sms_registrations'] },
  {
    href: '/service-queue',
    label: pages.serviceQueue,
    icon: 'services',
    queues: ['service_quotes', 'service_starts', 'service_work'],
  },
  { href: '/nightly-runs', label: pages.nights, icon: 'moon' },
];
const TEAM: NavItem = { href: '/team', label: pages.team, icon: 'team' };
const SETTINGS: NavItem = { href: '/settings', label: pages.settings, icon: 'settings' };
const AUDIT: NavItem = { href: '/audit', label: pages.audit, icon: 'audit' };

/** An operator who has chosen no partner has only the platform's own pages. */
export function navigationFor(rights: Rights, hasPartner: boolean): NavGroup[] {
  const platform: NavGroup[] = rights.can('list_partners') ? [{ label: groups.platform, items: PLATFORM }] : [];
  if (!hasPartner) return platform;
  return [
    { label: text.shell.organization, items: [{ href: '/', label: pages.dashboard, icon: 'dashboard' }] },
    {
      label: pages.accounts,
      icon: 'accounts',
      expands: true,
      items: rights.can('create_import') ? [...ACCOUNTS, IMPORTS] : ACCOUNTS,
    },
    { label: groups.grow, items: GROW },
    { label: groups.administration, items: [TEAM, SETTINGS, AUDIT] },
    ...platform,
  ];
}

/** Whether the page is the platform's own or the person's, for which no partner need be chosen. */
export function isPlatformPage(pathname: string): boolean {
  return pathname === '/profile' || PLATFORM.some(({ href }) => isCurrent(href, pathname));
}

/** The page whose address the current one is, or stands under. */
export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
