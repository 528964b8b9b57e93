/** Light, dark, or as the system has it; kept on this device. */
import { useState } from 'react';
import { deviceKey } from './storage';

export type Scheme = 'system' | 'light' | 'dark';

function stored(): Scheme {
  const value = document.documentElement.dataset.scheme;
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function useScheme(): [Scheme, (scheme: Scheme) => void] {
  const [scheme, setScheme] = useState<Scheme>(stored);
  const choose = (next: Scheme) => {
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
