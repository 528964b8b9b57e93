/** What the settings' page asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { useChange } from '../app/query';

export type Settings = components['schemas']['SettingsView'];
export type SettingsChange = components['schemas']['SettingsChange'];

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: () => unwrap(api().GET('/settings')) });
}

export function useSaveSettings(version: number, onSuccess: () => void) {
  return useChange<Settings, SettingsChange>(
    (body, key) => unwrap(api().PATCH('/settings', { params: { header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } }, body })),
    { stale: [['settings'], ['audit'], ['me'], ['schedules']], onSuccess },
  );
}
