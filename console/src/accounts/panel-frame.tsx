/** The list with the account that is open beside it: opened, walked through and closed without losing the place. */
import { type ReactNode, useEffect, useRef } from 'react';
import type { Account } from '../api/types';
import { useShortcut } from '../ui/shortcuts';
import { AccountPanel } from './panel';
import styles from './panel.module.css';
import { type PanelPlace, pressedAccount } from './panel-place';

interface PanelFrameProps {
  place: PanelPlace;
  /** The accounts in the order in which they are shown. */
  rows: Account[];
  children: ReactNode;
}

export function PanelFrame({ place, rows, children }: PanelFrameProps) {
  const list = useRef<HTMLDivElement>(null);
  const { accountId, isWide, open } = place;
  const onClickCapture = (event: React.MouseEvent) => {
    const pressed = isWide ? pressedAccount(event) : null;
    if (!pressed) return;
    event.preventDefault();
    open(pressed);
  };
  return (
    <div className={styles.frame} data-open={accountId !== null || undefined}>
      <div ref={list} className={styles.list} onClickCapture={onClickCapture}>
        {children}
      </div>
      {accountId !== null && <Open accountId={accountId} place={place} rows={rows} list={list} />}
    </div>
  );
}

interface OpenProps extends Omit<PanelFrameProps, 'children'> {
  accountId: string;
  list: React.RefObject<HTMLDivElement | null>;
}

function Open({ accountId, place, rows, list }: OpenProps) {
  const index = rows.findIndex((row) => row.account_id === accountId);
  // The address follows a key that is held down; the next press counts from where the last one leads.
  const at = useRef(accountId);
  useEffect(() => {
    at.current = accountId;
  }, [accountId]);
  const step = (by: number) => {
    const row = rows[rows.findIndex((shown) => shown.account_id === at.current) + by];
    if (!row || index < 0) return;
    at.current = row.account_id;
    place.go(row.account_id);
  };
  const previous = index > 0 ? () => step(-1) : undefined;
  const next = index >= 0 && index < rows.length - 1 ? () => step(1) : undefined;
  const close = () => {
    list.current?.querySelector<HTMLElement>(`tbody a[href$="/accounts/${CSS.escape(accountId)}"]`)?.focus();
    place.close();
  };
  useShortcut('nextAccount', () => step(1));
  useShortcut('previousAccount', () => step(-1));
  useShortcut('closePanel', close);
  return (
    <AccountPanel
      accountId={accountId}
      row={rows[index]}
      position={index + 1}
      previous={previous}
      next={next}
      onClose={close}
    />
  );
}
