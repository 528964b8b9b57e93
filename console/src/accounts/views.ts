/** Saved views: a name for a query string, kept in this browser for one person at one partner. */
import { useState } from 'react';
import { personalKey, type StorageOwner } from '../auth/browser-storage';
import { useRights } from '../auth/me';

export interface View {
  name: string;
  query: string;
}

/** Where an earlier version kept the views of everybody who used this browser; whose they were, nobody knows. */
const UNOWNED_KEY = 'account-views';

export function readViews(stored: string | null): View[] {
  try {
    const views: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(views) ? views.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is View {
  const view = value as Partial<View> | null;
  return typeof view?.name === 'string' && typeof view.query === 'string';
}

/** The views with this one in its place: the same name is replaced. */
export function withView(views: View[], view: View): View[] {
  return [...views.filter((savedView) => savedView.name !== view.name), view].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The views of one person at one partner; views without an owner are dropped. */
export function viewsOf(owner: StorageOwner, storage: Storage): View[] {
  storage.removeItem(UNOWNED_KEY);
  return readViews(storage.getItem(personalKey('account-views', owner)));
}

export function keepViews(owner: StorageOwner, views: View[], storage: Storage): void {
  storage.setItem(personalKey('account-views', owner), JSON.stringify(views));
}

export function useViews(): { views: View[]; save: (view: View) => void; remove: (name: string) => void } {
  const { me } = useRights();
  const owner = { subject: me.subject, partnerId: me.partner_id };
  const [, setChanges] = useState(0);
  const views = viewsOf(owner, localStorage);
  const keep = (next: View[]) => {
    keepViews(owner, next, localStorage);
    setChanges((count) => count + 1);
  };
  return {
    views,
    save: (view) => keep(withView(views, view)),
    remove: (name) => keep(views.filter((savedView) => savedView.name !== name)),
  };
}
