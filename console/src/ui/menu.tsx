/** A button that opens a menu of actions. */
import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { Button, type ButtonProps } from './button';
import { Icon, type IconName } from './icon';
import styles from './menu.module.css';

export interface MenuAction {
  id: string;
  label: string;
  icon?: IconName;
  /** Why it cannot be done now; shown beneath the label, and the action is disabled. */
  reason?: string | undefined;
  danger?: boolean;
  href?: string;
  onAction?: () => void;
}

interface MenuProps extends Omit<ButtonProps, 'children'> {
  label: string;
  children?: ReactNode;
  actions: MenuAction[];
}

export function Menu({ label, children, actions, ...button }: MenuProps) {
  return (
    <MenuTrigger>
      <Button {...button} {...(children ? {} : { 'aria-label': label })}>
        {children}
      </Button>
      <Popover className={styles.popover} placement="bottom end">
        <MenuList label={label} actions={actions} />
      </Popover>
    </MenuTrigger>
  );
}

export function MenuList({ label, actions, autoFocus }: { label: string; actions: MenuAction[]; autoFocus?: boolean }) {
  return (
    <AriaMenu className={styles.menu ?? ''} aria-label={label} {...(autoFocus ? { autoFocus: 'first' as const } : {})}>
      {actions.map((action) => (
        <MenuItem
          key={action.id}
          id={action.id}
          textValue={action.label}
          className={`${styles.item} ${action.danger ? styles.danger : ''}`}
          isDisabled={Boolean(action.reason)}
          {...(action.href ? { href: action.href } : {})}
          {...(action.onAction ? { onAction: action.onAction } : {})}
        >
          {action.icon && <Icon name={action.icon} />}
          <span>
            {/* The reason is part of the name: what is to be seen of an entry is to be heard of it (WCAG 2.5.3). */}
            <Text slot="label">
              {action.label}
              {action.reason && <span className={styles.reason}> {action.reason}</span>}
            </Text>
          </span>
        </MenuItem>
      ))}
    </AriaMenu>
  );
}
