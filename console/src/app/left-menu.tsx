/** The left menu: its groups, some of which open and close, and the page that is open. */
import { useState } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { useLocation } from 'react-router';
import { useRights } from '../auth/me';
import { type Queue, useQueueCounts } from '../queues/queries';
import { text } from '../text/en';
import { formatNumber } from '../text/format';
import { Icon } from '../ui/icon';
import styles from './layout.module.css';
import { isCurrent, type NavGroup, type NavItem } from './navigation';

export function Navigation({ groups }: { groups: NavGroup[] }) {
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
  return (
    <ul>
      {items.map((item) => (
        <li key={item.href} className={styles.entry}>
          <Item item={item} />
        </li>
      ))}
    </ul>
  );
}

function Item({ item }: { item: NavItem }) {
  const { pathname } = useLocation();
  const count = useWaitingCount(item.queues);
  return (
    <>
      <AriaLink
        href={item.href}
        className={styles.item ?? ''}
        {...(isCurrent(item.href, pathname) ? { 'aria-current': 'page' as const } : {})}
      >
        <Icon name={item.icon} />
        {item.label}
      </AriaLink>
      {count && (
        <span className={styles.count}>
          {count}
          <span className="visually-hidden"> {text.queues.waiting}</span>
        </span>
      )}
    </>
  );
}

/** How much waits in these queues together, as text; null where nothing does. */
function useWaitingCount(queues: Queue[] = []): string | null {
  const counts = useQueueCounts(useRights().can('count_queues') && queues.length > 0);
  const waiting = queues.flatMap((queue) => counts.data?.[queue] ?? []);
  const total = waiting.reduce((sum, { count }) => sum + count, 0);
  return total === 0 ? null : `${formatNumber(total)}${waiting.some(({ more }) => more) ? '+' : ''}`;
}
