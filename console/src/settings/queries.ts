/** What the settings' page asks of the API. */
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { Format } from '../api/types';
import { useChange } from '../app/query';
import type { Money } from '../bonuses/queries';

export interface Terms {
  trial_days: number;
  permission_days?: number;
  bonus: Money;
  single_bill_enabled: boolean;
}

export interface Settings {
  recipients: string[];
  time_zone: string;
  report_retention_days: number;
  link_days: number;
  tracker_formats: Format[];
  terms?: Terms;
  version: number;
}

export type SettingsChange = Omit<Settings, 'terms' | 'version'>;

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: () => unwrap<Settings>(api().GET('/settings')) });
}

export function useSaveSettings(version: number, onSuccess: () => void) {
  return useChange<Settings, SettingsChange>(
    (body) => unwrap<Settings>(api().PATCH('/settings', { params: { header: { 'If-Match': `"${version}"` } }, body })),
    { stale: [['settings'], ['audit']], onSuccess },
  );
}
