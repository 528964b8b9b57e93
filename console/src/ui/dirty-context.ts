/** How a field tells its form that something was chosen: drop-downs, boxes and radio buttons need not make an input event. */
import { createContext, useContext } from 'react';

export const DirtyContext = createContext<() => void>(() => undefined);

/** The field's own `onChange`, which the form hears of too. */
export function useMarkDirty<T>(onChange?: (value: T) => void): (value: T) => void {
  const markDirty = useContext(DirtyContext);
  return (value) => {
    markDirty();
    onChange?.(value);
  };
}
