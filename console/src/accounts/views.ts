/** Saved views: a name for a query string, kept on this device. */
import { useState } from 'react';

export interface View {
  name: string;
  query: string;
}

const PLACE = 'account-views';

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
  const [views, setViews] = useState(() => readViews(localStorage.getItem(PLACE)));
  const keep = (next: View[]) => {
    localStorage.setItem(PLACE, JSON.stringify(next));
    setViews(next);
  };
  return {
    views,
    save: (view) => keep(withView(views, view)),
    remove: (name) => keep(views.filter((each) => each.name !== name)),
  };
}
