/** Saved views: a name for a query string, kept on this device for one person and partner. */
import { useState } from 'react';
import { useRights } from '../auth/me';

export interface View {
  name: string;
  query: string;
}

/** Where earlier versions kept them, for whoever used the browser; whose they were nobody knows. */
const SHARED = 'account-views';

/** Where the views of one person at one partner are kept. */
export function placeOf(subject: string, partnerId: string | null | undefined): string {
  return `account-views:${subject}:${partnerId ?? ''}`;
}

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
  return [...views.filter((each) => each.name !== view.name), view].sort((a, b) => a.name.localeCompare(b.name));
}

export function useViews(): { views: View[]; save: (view: View) => void; remove: (name: string) => void } {
  const { me } = useRights();
  const place = placeOf(me.subject, me.partner_id);
  const [views, setViews] = useState(() => {
    localStorage.removeItem(SHARED);
    return readViews(localStorage.getItem(place));
  });
  const keep = (next: View[]) => {
    localStorage.setItem(place, JSON.stringify(next));
    setViews(next);
  };
  return {
    views,
    save: (view) => keep(withView(views, view)),
    remove: (name) => keep(views.filter((each) => each.name !== name)),
  };
}
