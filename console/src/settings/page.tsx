/** Settings: recipients, time zone, how long files and links last. */
import type { Format } from '../api/types';
import { useRights } from '../auth/me';
import { addresses } from '../reports/catalogue';
import { text } from '../text/en';
import { notify } from '../ui/announce';
import { Button } from '../ui/button';
import { CheckGroup } from '../ui/choices';
import { FieldGroup, FieldRow, TextField } from '../ui/fields';
import { Form, type Values } from '../ui/form';
import styles from '../ui/form.module.css';
import { Note, Page, Section } from '../ui/page';
import { Select } from '../ui/select';
import { Loaded } from '../ui/states';
import { countries } from './countries';
import { type Settings, useSaveSettings, useSettings } from './queries';
import { RecipientStates } from './recipients';

const labels = text.settings;
/** The platform's limits. */
const MAX_DAYS = { files: 365, links: 30 };
const COUNTRIES = countries();
const FORMATS: Format[] = ['pdf', 'html', 'csv', 'xls', 'xlsx'];

export function SettingsPage() {
  const settings = useSettings();
  const { can } = useRights();
  return (
    <Page title={labels.title} lead={labels.lead}>
      {!can('change_settings') && <Note>{labels.adminsOnly}</Note>}
      <Loaded query={settings}>
        {(data) => (
          <>
            <SettingsForm settings={data} />
            <RecipientStates recipients={data.recipient_states} canAsk={can('request_recipient_confirmation')} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function SettingsForm({ settings }: { settings: Settings }) {
  const { can } = useRights();
  const save = useSaveSettings(settings.version, () => notify(labels.saved));
  const submit = (values: Values, data: FormData) =>
    save.mutate({
      recipients: addresses(values.recipients ?? ''),
      time_zone: values.time_zone ?? '',
      country: values.country ?? '',
      report_retention_days: Number(values.report_retention_days),
      link_days: Number(values.link_days),
      tracker_formats: data.getAll('tracker_formats') as Format[],
    });
  return (
    <Section title={labels.own}>
      <Form
        guarded
        className={styles.form ?? ''}
        label={labels.title}
        error={save.error}
        names={['tracker_formats']}
        onSubmit={submit}
      >
        <FieldGroup title={labels.mail}>
          <TextField
            name="recipients"
            label={labels.recipients}
            hint={labels.recipientsHint}
            lines={4}
            defaultValue={settings.recipients.join('\n')}
            isReadOnly={!can('change_settings')}
          />
          <CheckGroup
            name="tracker_formats"
            label={labels.formats}
            choices={FORMATS.map((value) => ({ value, label: text.words.format[value] }))}
            defaultValue={settings.tracker_formats}
            isReadOnly={!can('change_settings')}
          />
          <TextField
            name="time_zone"
            label={labels.timeZone}
            hint={labels.timeZoneHint}
            list="time-zones"
            defaultValue={settings.time_zone}
            isReadOnly={!can('change_settings')}
            isRequired
          />
          <datalist id="time-zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </FieldGroup>
        <FieldGroup title={labels.files}>
          {can('change_settings') ? (
            <Select
              name="country"
              label={labels.country}
              hint={labels.countryHint}
              choices={COUNTRIES}
              defaultValue={settings.country}
              isRequired
            />
          ) : (
            <TextField
              name="country"
              label={labels.country}
              hint={labels.countryHint}
              defaultValue={COUNTRIES.find(({ value }) => value === settings.country)?.label ?? settings.country}
              isReadOnly
            />
          )}
          <FieldRow>
            <TextField
              name="report_retention_days"
              type="number"
              min={1}
              max={MAX_DAYS.files}
              label={labels.retention}
              hint={labels.days(MAX_DAYS.files)}
              defaultValue={String(settings.report_retention_days)}
              isReadOnly={!can('change_settings')}
              isRequired
            />
            <TextField
              name="link_days"
              type="number"
              min={1}
              max={MAX_DAYS.links}
              label={labels.links}
              hint={labels.days(MAX_DAYS.links)}
              defaultValue={String(settings.link_days)}
              isReadOnly={!can('change_settings')}
              isRequired
            />
          </FieldRow>
        </FieldGroup>
        {can('change_settings') && (
          <div className={styles.actions}>
            <Button type="submit" look="primary" isPending={save.isPending}>
              {text.actions.save}
            </Button>
          </div>
        )}
      </Form>
    </Section>
  );
}
