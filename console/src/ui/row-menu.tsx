/** One menu shared by all rows of a list: it opens beside the button that was pressed. */
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import { Icon } from './icon';
import { type MenuAction, MenuList } from './menu';
import menuStyles from './menu.module.css';
import styles from './row-menu.module.css';

interface RowMenu<T> {
  button: (row: T, label: string) => ReactNode;
  menu: ReactNode;
}

export function useRowMenu<T>(label: string, actionsOf: (row: T) => MenuAction[]): RowMenu<T> {
  const [row, setRow] = useState<T | null>(null);
  const pressed = useRef<HTMLButtonElement | null>(null);
  const chosen = useRef<MenuAction | null>(null);
  const keyDown = useRef(false);
  const afterKey = useRef<T | null>(null);
  const close = useCallback(() => setRow(null), []);
  // The action runs once the menu is gone: a dialog that it opens then finds its way back to the button.
  useEffect(() => {
    if (row !== null || !chosen.current) return;
    const { onAction } = chosen.current;
    chosen.current = null;
    pressed.current?.focus();
    onAction?.();
  }, [row]);
  const choosing = (action: MenuAction): MenuAction => ({
    ...action,
    onAction: () => {
      chosen.current = action;
      close();
    },
  });
  const button = useCallback(
    (of: T, buttonLabel: string) => (
      <button
        type="button"
        className={styles.button}
        aria-label={buttonLabel}
        aria-haspopup="menu"
        onClick={(event) => {
          pressed.current = event.currentTarget;
          // A key that presses it must be up first: it would take the focus from the menu's first entry.
          if (keyDown.current) afterKey.current = of;
          else setRow(of);
        }}
        onKeyDown={() => (keyDown.current = true)}
        onKeyUp={() => {
          keyDown.current = false;
          if (afterKey.current !== null) setRow(afterKey.current);
          afterKey.current = null;
        }}
        onBlur={() => (keyDown.current = false)}
      >
        <Icon name="dots" />
      </button>
    ),
    [],
  );
  const menu = (
    <Popover
      className={menuStyles.popover ?? ''}
      aria-label={label}
      triggerRef={pressed}
      placement="bottom end"
      isOpen={row !== null}
      onOpenChange={(open) => !open && close()}
    >
      {row !== null && <MenuList label={label} actions={actionsOf(row).map(choosing)} autoFocus />}
    </Popover>
  );
  return { button, menu };
}
