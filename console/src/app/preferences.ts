/** What a person chooses for how the console looks and listens, beside its colors; kept on this device. */
import { deviceKey } from '../auth/browser-storage';
import { type Density, setDensity } from '../ui/density';
import { setSingleKeys } from '../ui/shortcuts';

export function chooseDensity(density: Density): void {
  setDensity(density);
  if (density === 'compact') localStorage.setItem(deviceKey('density'), density);
  else localStorage.removeItem(deviceKey('density'));
}

export function chooseSingleKeys(on: boolean): void {
  setSingleKeys(on);
  if (on) localStorage.removeItem(deviceKey('single-keys'));
  else localStorage.setItem(deviceKey('single-keys'), 'off');
}

/** Takes up what was chosen before; the density stands in the page already, by `theme.js`. */
export function restorePreferences(): void {
  setSingleKeys(localStorage.getItem(deviceKey('single-keys')) !== 'off');
}
