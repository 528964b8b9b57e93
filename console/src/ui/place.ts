/** A list stands where it stood when one comes back to it, and at its top when it is ordered anew. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { ListProps } from './table-model';

export function usePlace<T>(
  scroller: RefObject<HTMLElement | null>,
  { place, onLeave, sort }: Pick<ListProps<T>, 'place' | 'onLeave' | 'sort'>,
): void {
  const returned = useRef(place);
  const latest = useRef({ onLeave, scrollTop: 0 });
  latest.current.onLeave = onLeave;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const seen = latest.current;
    if (returned.current) element.scrollTop = returned.current.scrollTop;
    const onScroll = () => {
      seen.scrollTop = element.scrollTop;
    };
    onScroll();
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      seen.onLeave?.(seen.scrollTop);
    };
  }, [scroller]);
  useEffect(() => focusRow(scroller.current, returned.current?.key), [scroller]);
  const order = sort ? `${sort.descending ? '-' : ''}${sort.column}` : '';
  const former = useRef(order);
  useEffect(() => {
    if (former.current !== order) scroller.current?.scrollTo({ top: 0 });
    former.current = order;
  }, [order, scroller]);
}

/** The row is drawn once the window of rows has taken in how far down the list is. */
function focusRow(element: HTMLElement | null, key: string | undefined): () => void {
  let frame = 0;
  const attempt = (left: number) => {
    const link = element?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key ?? '')}"] a`);
    if (link) link.focus({ preventScroll: true });
    else if (left > 0) frame = requestAnimationFrame(() => attempt(left - 1));
  };
  // Not at once: the page takes the focus as it is opened.
  if (key) frame = requestAnimationFrame(() => attempt(20));
  return () => cancelAnimationFrame(frame);
}
