/** One menu shared by all rows of a list: it opens beside the button that was pressed. */
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { Popover } from 'react-aria-components';
import { Icon } from './icon';
import { MenuList, type MenuAction } from './menu';
import menuStyles from './menu.module.css';
import styles from './row-menu.module.css';

interface RowMenu<T> {
  button: (row: T, label: string) => ReactNode;
  menu: ReactNode;
}

export function useRowMenu<T>(label: string, actionsOf: (row: T) => MenuAction[]): RowMenu<T> {
  const [row, setRow] = useState<T | null>(null);
  const pressed = useRef<HTMLButtonElement | null>(null);
  const close = useCallback(() => setRow(null), []);
  const button = useCallback(
    (of: T, buttonLabel: string) => (
      <button
        type="button"
        className={styles.button}
        aria-label={buttonLabel}
        aria-haspopup="menu"
        onClick={(event) => {
          pressed.current = event.currentTarget;
          setRow(of);
        }}
      >
        <Icon name="dots" />
      </button>
    ),
    [],
  );
  const menu = (
    <Popover
      className={menuStyles.popover ?? ''}
      triggerRef={pressed}
      placement="bottom end"
      isOpen={row !== null}
      onOpenChange={(open) => !open && close()}
    >
      {row !== null && <MenuList label={label} actions={actionsOf(row).map((action) => closing(action, close))} autoFocus />}
    </Popover>
  );
  return { button, menu };
}

function closing(action: MenuAction, close: () => void): MenuAction {
  return {
    ...action,
    onAction: () => {
      close();
      action.onAction?.();
    },
  };
}
