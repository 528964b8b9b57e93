/** A few words beside something while the pointer is on it or it has the focus; Escape takes them away. */
import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import styles from './tooltip.module.css';

interface WithTooltipProps {
  tip: ReactNode;
  /** A button or link of React Aria. */
  children: ReactNode;
  delay?: number;
}

export function WithTooltip({ tip, children, delay = 80 }: WithTooltipProps) {
  return (
    <TooltipTrigger delay={delay} closeDelay={120}>
      {children}
      <AriaTooltip className={styles.tooltip} offset={6}>
        {tip}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
