/** How a field tells its form that something was chosen: drop-downs, boxes and radio buttons need not make an input event. */
import { createContext, useContext } from 'react';

export const Touched = createContext<() => void>(() => undefined);

/** The field's own `onChange`, which the form hears of too. */
export function useTouching<T>(onChange?: (value: T) => void): (value: T) => void {
  const touch = useContext(Touched);
  return (value) => {
    touch();
    onChange?.(value);
  };
}
