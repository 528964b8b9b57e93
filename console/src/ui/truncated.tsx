/** Text that is cut where it has no room; then the whole of it is told on hover and on focus. */
import { type ReactElement, useCallback, useState } from 'react';
import { Focusable } from 'react-aria-components';
import { WithTooltip } from './tooltip';

const looks = new WeakMap<Element, () => void>();
let observer: ResizeObserver | null = null;

/** One observer for all: a list has hundreds of cells. */
function observe(element: Element, look: () => void): () => void {
  observer ??= new ResizeObserver((entries) => {
    for (const { target } of entries) looks.get(target)?.();
  });
  looks.set(element, look);
  observer.observe(element);
  return () => {
    looks.delete(element);
    observer?.unobserve(element);
  };
}

/** Whether an element shows less than it holds, as long as it is there. */
export function useIsCut(): [boolean, (element: HTMLElement | null) => (() => void) | undefined] {
  const [isCut, setCut] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    return observe(element, () =>
      setCut(element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1),
    );
  }, []);
  return [isCut, ref];
}

/** Plain text in a cell: a stop for the Tab key while it is cut, and only then. */
export function Truncated({ children, className }: { children: string; className?: string | undefined }) {
  const [isCut, ref] = useIsCut();
  return (
    <WithWhole isCut={isCut} whole={children}>
      <span ref={ref} className={className} {...(isCut ? { tabIndex: 0 } : {})}>
        {children}
      </span>
    </WithWhole>
  );
}

interface WithWholeProps {
  isCut: boolean;
  whole: string;
  children: ReactElement<React.HTMLAttributes<HTMLElement>, string>;
}

/** What may be cut, with a tooltip of the whole of it if it is. */
export function WithWhole({ isCut, whole, children }: WithWholeProps) {
  if (!isCut) return children;
  return (
    <WithTooltip tip={whole}>
      <Focusable>{children}</Focusable>
    </WithTooltip>
  );
}
