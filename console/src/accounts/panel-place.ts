/** Which account is open beside the list: it stands in the address, on pages that are wide enough for it. */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Account } from '../api/types';
import { useWide } from '../ui/media';
import type { Column } from '../ui/table-model';

const PARAM = 'account';
/** What is left for the columns of the list on the narrowest page that has the panel. */
const COLUMNS_WIDTH = 560;

export interface PanelPlace {
  /** The account that is open; null where none is, or where the page is too narrow. */
  accountId: string | null;
  isWide: boolean;
  open: (accountId: string) => void;
  /** Goes to another one in the place of the last: Back then closes the panel. */
  go: (accountId: string) => void;
  close: () => void;
}

export function usePanelPlace(): PanelPlace {
  const [params, setParams] = useSearchParams();
  const isWide = useWide();
  const put = useCallback(
    (accountId: string | null, replace: boolean) => setParams((shown) => withPanel(shown, accountId), { replace }),
    [setParams],
  );
  return {
    accountId: isWide ? params.get(PARAM) : null,
    isWide,
    open: useCallback((accountId) => put(accountId, false), [put]),
    go: useCallback((accountId) => put(accountId, true), [put]),
    close: useCallback(() => put(null, true), [put]),
  };
}

/** The address with this account beside the list, or none. */
export function withPanel(params: URLSearchParams, accountId: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (accountId) next.set(PARAM, accountId);
  else next.delete(PARAM);
  return next;
}

/** The first columns, as many as have room beside the panel. */
export function columnsBesidePanel(columns: Column<Account>[]): Column<Account>[] {
  let width = 0;
  return columns.filter((column) => {
    width += column.width ?? 140;
    return width <= COLUMNS_WIDTH;
  });
}

/** The account whose link was pressed, unless the press asks for another tab or window. */
export function pressedAccount(event: React.MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('tbody a[href]') : null;
  return /\/accounts\/([^/?#]+)$/.exec(link?.getAttribute('href') ?? '')?.[1] ?? null;
}
