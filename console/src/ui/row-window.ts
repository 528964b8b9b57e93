/** Which rows of a long list are drawn: those in view, and some around them; on paper all that are loaded. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect } from 'react';
import { ROW_HEIGHTS, useDensity } from './density';
import { usePaper } from './media';
import { MAX_UNWINDOWED_ROWS } from './table-model';

export function useWindowOfRows(
  count: number,
  scroller: RefObject<HTMLDivElement | null>,
  onEnd?: () => void,
  initialOffset = 0,
) {
  const isPaper = usePaper();
  const rowHeight = ROW_HEIGHTS[useDensity()];
  const isLong = count > MAX_UNWINDOWED_ROWS && !isPaper;
  const virtualizer = useVirtualizer({
    count,
    enabled: isLong,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialOffset,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that were measured are another density's
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);
  const shown = virtualizer.getVirtualItems();
  const last = isLong ? (shown.at(-1)?.index ?? 0) : count - 1;
  useEffect(() => {
    if (count > 0 && last >= count - 40 && !isPaper) onEnd?.();
  }, [last, count, onEnd, isPaper]);
  const scrollTo = useCallback(
    (index: number) => {
      if (isLong) virtualizer.scrollToIndex(index);
      else scroller.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: 'nearest' });
    },
    [isLong, virtualizer, scroller],
  );
  if (!isLong)
    return {
      items: Array.from({ length: count }, (_, index) => index),
      before: 0,
      after: 0,
      measure: undefined,
      scrollTo,
    };
  return {
    items: shown.map((item) => item.index),
    before: shown[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0),
    measure: virtualizer.measureElement,
    scrollTo,
  };
}
