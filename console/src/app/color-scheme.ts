/** Light, dark, or as the system has it; kept on this device. */
import { useState } from 'react';
import { deviceKey } from '../auth/browser-storage';

export type ColorScheme = 'system' | 'light' | 'dark';

function stored(): ColorScheme {
  const value = document.documentElement.dataset.scheme;
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function useColorScheme(): [ColorScheme, (scheme: ColorScheme) => void] {
  const [scheme, setScheme] = useState<ColorScheme>(stored);
  const choose = (next: ColorScheme) => {
    if (next === 'system') {
      delete document.documentElement.dataset.scheme;
      localStorage.removeItem(deviceKey('scheme'));
    } else {
      document.documentElement.dataset.scheme = next;
      localStorage.setItem(deviceKey('scheme'), next);
    }
    setScheme(next);
  };
  return [scheme, choose];
}
