/** The left menu: its groups, some of which open and close, and the page that is open. */
import { useState } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { useLocation } from 'react-router';
import { text } from '../text/en';
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
