/** Two people edit the same thing: nobody's entries are lost, and nobody's changes are overwritten unseen. */
import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/api/problem';
import { SettingsPage } from '../../src/settings/page';
import { Button } from '../../src/ui/button';
import { CheckField, CheckGroup, RadioGroup } from '../../src/ui/choices';
import { TextField } from '../../src/ui/fields';
import { Form, type Values } from '../../src/ui/form';
import { Select } from '../../src/ui/select';
import { FakeApi, mount, person, problem } from './harness';

const FRUIT = [
  { value: 'apple', label: 'Apple' },
  { value: 'pear', label: 'Pear' },
];
const READ = { days: '31', phone: '', fruit: 'apple', kind: 'apple', on: false, formats: ['apple'] };
const CHANGED = { days: '30', phone: '111-222-3333', fruit: 'pear', kind: 'pear', on: true, formats: ['pear'] };

/** A form of every kind of field; “Refuse” reads it again as somebody else saved it. */
function Edited({ status, onSubmit }: { status: number; onSubmit: (values: Values, data: FormData) => void }) {
  const [read, setRead] = useState(READ);
  const [error, setError] = useState<ProblemError>();
  return (
    <>
      <Form label="Settings" error={error} onSubmit={onSubmit}>
        <TextField name="days" label="Days" defaultValue={read.days} />
        <TextField name="phone" label="Phone" defaultValue={read.phone} />
        <Select name="fruit" label="Fruit" choices={FRUIT} defaultValue={read.fruit} />
        <RadioGroup name="kind" label="Kind" choices={FRUIT} defaultValue={read.kind} />
        <CheckField name="on" defaultSelected={read.on}>
          Single bill
        </CheckField>
        <CheckGroup name="formats" label="Formats" choices={FRUIT} defaultValue={read.formats} />
        <Button type="submit">Save</Button>
      </Form>
      <Button onPress={() => setError(status ? new ProblemError({ type: '/problems/changed' }, status) : undefined)}>
        Refuse
      </Button>
      <Button onPress={() => setRead(CHANGED)}>Read again</Button>
    </>
  );
}

describe('a form that is read again while it is filled in', () => {
  const start = async (status: number) => {
    const sent: { values: Values; formats: FormDataEntryValue[] }[] = [];
    const keep = (values: Values, data: FormData) => sent.push({ values, formats: data.getAll('formats') });
    const { user } = await mount(<Edited status={status} onSubmit={keep} />);
    const press = (name: string) => user.click(screen.getByRole('button', { name }));
    return { user, press, sent };
  };

  it('sends what was saved meanwhile in every field that was not touched', async () => {
    const { press, sent } = await start(412);
    await press('Refuse');
    await press('Read again');
    await press('Save');
    expect(sent).toEqual([
      {
        values: { days: '30', phone: '111-222-3333', fruit: 'pear', kind: 'pear', on: 'on', formats: 'pear' },
        formats: ['pear'],
      },
    ]);
  });

  it('keeps what was entered, and says at the field what somebody else saved there', async () => {
    const { user, press, sent } = await start(412);
    await user.clear(screen.getByLabelText('Days'));
    await user.type(screen.getByLabelText('Days'), '90');
    await press('Save');
    await press('Refuse');
    await press('Read again');
    const days = screen.getByRole('textbox', {
      name: 'Days',
      description: 'Someone else changed this to “30”. Saving keeps what you entered.',
    });
    expect((days as HTMLInputElement).value).toBe('90');
    const phone = screen.getByRole('textbox', { name: 'Phone', description: /^Someone else changed this while/ });
    expect((phone as HTMLInputElement).value).toBe('111-222-3333');
    expect(screen.getByRole('alert').textContent).toContain('fields you did not touch now show what they saved');
    await press('Save');
    expect(sent[1]?.values).toMatchObject({ days: '90', phone: '111-222-3333' });
  });

  it('says so too where nothing was sent yet: a later save would overwrite it', async () => {
    const { user, press } = await start(0);
    await user.type(screen.getByLabelText('Phone'), '555');
    await press('Read again');
    expect(screen.getByRole('textbox', { name: 'Phone', description: /“111-222-3333”/ })).toBeTruthy();
  });

  it('takes its own values back in the server’s spelling once they are saved', async () => {
    const { user, press } = await start(0);
    await user.type(screen.getByLabelText('Phone'), '1112223333');
    await press('Save');
    await press('Read again');
    const phone = screen.getByLabelText('Phone') as HTMLInputElement;
    expect([phone.value, phone.getAttribute('aria-describedby')]).toEqual(['111-222-3333', null]);
  });

  it('forgets what was entered and taken back', async () => {
    const { user, press } = await start(0);
    await user.type(screen.getByLabelText('Days'), '0');
    await user.type(screen.getByLabelText('Days'), '{Backspace}');
    await press('Read again');
    expect((screen.getByLabelText('Days') as HTMLInputElement).value).toBe('30');
  });
});

it('settings that a colleague saved first are not overwritten by the second save', async () => {
  const settings = (changes: object) => ({
    recipients: [],
    recipient_states: [],
    time_zone: 'UTC',
    country: 'US',
    report_retention_days: 30,
    link_days: 7,
    tracker_formats: ['pdf'],
    version: 7,
    ...changes,
  });
  let stored = settings({});
  let refused = false;
  const api = new FakeApi({
    'GET /settings': () => Response.json(stored),
    'PATCH /settings': () => {
      if (refused) return Response.json({ ...stored, version: 9 });
      refused = true;
      stored = settings({ report_retention_days: 31, version: 8 });
      return problem(412, { type: '/problems/changed', detail: 'Changed.' })();
    },
  });
  const { user } = await mount(<SettingsPage />, { api, me: person('change_settings') });
  await user.type(await screen.findByLabelText('Time zone'), '{Backspace}{Backspace}{Backspace}Europe/Berlin');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect((screen.getByRole('spinbutton', { name: /files/ }) as HTMLInputElement).value).toBe('31'));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('The settings have been saved.', { selector: 'p' });
  const saves = api.sent.filter(({ request }) => request === 'PATCH /settings');
  expect(saves[1]?.headers.get('If-Match')).toBe('"8"');
  expect(saves[1]?.body).toMatchObject({ time_zone: 'Europe/Berlin', report_retention_days: 31 });
});
