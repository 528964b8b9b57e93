/** What the settings' page asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { useChange } from '../api/query';
import type { components } from '../api/schema';

export type Settings = components['schemas']['SettingsView'];
export type SettingsChange = components['schemas']['SettingsChange'];

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: () => unwrap(api().GET('/settings')) });
}

export type Recipient = components['schemas']['RecipientView'];

export function useRequestConfirmation(onSuccess: (address: string) => void) {
  return useChange<unknown, string>(
    (address, key) =>
      unwrap(
        api().POST('/recipient-confirmations', { params: { header: { 'Idempotency-Key': key } }, body: { address } }),
      ),
    { stale: [['settings'], ['deliveries']], onSuccess: (_, address) => onSuccess(address) },
  );
}

export function useSaveSettings(version: number, onSuccess: () => void) {
  return useChange<Settings, SettingsChange>(
    (body, key) =>
      unwrap(
        api().PATCH('/settings', { params: { header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } }, body }),
      ),
    { stale: [['settings'], ['audit'], ['me'], ['schedules']], onSuccess },
  );
}
