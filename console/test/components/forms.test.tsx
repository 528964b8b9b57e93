/** The form all others are made of: where refusals land, and that nothing entered is lost by a wrong click. */
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/api/problem';
import { Button } from '../../src/ui/button';
import { Confirm, Dialog, DialogBody } from '../../src/ui/dialog';
import { TextField } from '../../src/ui/fields';
import { Form, type Values } from '../../src/ui/form';
import { FormDialog } from '../../src/ui/form-dialog';
import { Select } from '../../src/ui/select';
import { mount } from './harness';

const refused = (errors: { pointer: string; detail: string }[], status = 422) =>
  new ProblemError({ type: '/problems/invalid', detail: 'Not valid.', errors }, status);

/** A form that is refused with each of these in turn. */
function Refusing({ refusals, onSubmit }: { refusals: ProblemError[]; onSubmit?: (values: Values) => void }) {
  const [error, setError] = useState<ProblemError | undefined>();
  return (
    <Form
      label="Owner"
      error={error}
      onSubmit={(values) => {
        onSubmit?.(values);
        setError(refusals.shift());
      }}
    >
      <TextField name="owner.email" label="E-mail" />
      <TextField name="organization" label="Organization" />
      <Button type="submit">Save</Button>
    </Form>
  );
}

describe('a form', () => {
  it('sends what was entered, without blanks around it', async () => {
    const sent: Values[] = [];
    const { user } = await mount(<Refusing refusals={[]} onSubmit={(values) => sent.push(values)} />);
    await user.type(screen.getByRole('textbox', { name: 'E-mail' }), '  ada@example.com ');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(sent).toEqual([{ 'owner.email': 'ada@example.com', organization: '' }]);
  });

  it('shows a refusal at its field, and goes there', async () => {
    const error = refused([{ pointer: '/owner/email', detail: 'Not an e-mail address.' }]);
    const { user } = await mount(<Refusing refusals={[error]} />);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const field = await screen.findByRole('textbox', { name: 'E-mail', description: 'Not an e-mail address.' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says what belongs to no field above them all', async () => {
    const error = refused([{ pointer: '/plan', detail: 'No such plan.' }]);
    const { user } = await mount(<Refusing refusals={[error]} />);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toBe('No such plan.');
  });

  it('tries again with what was refused before, and forgets the refusal', async () => {
    const sent: Values[] = [];
    const error = refused([{ pointer: '/organization', detail: 'Too short.' }]);
    const { user } = await mount(<Refusing refusals={[error]} onSubmit={(values) => sent.push(values)} />);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Too short.');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const field = screen.getByRole('textbox', { name: 'Organization' });
    expect([field.getAttribute('aria-invalid'), field.getAttribute('aria-describedby')]).toEqual([null, null]);
    expect(sent).toHaveLength(2);
  });
});

describe('a guarded form', () => {
  const guarded = (
    <Form guarded label="Owner" onSubmit={() => undefined}>
      <TextField name="name" label="Name" />
    </Form>
  );

  it('asks before what was entered is left, and stays if it is told to', async () => {
    const { user, router } = await mount(guarded);
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Ada');
    void router.navigate('/elsewhere');
    expect(await screen.findByRole('alertdialog', { name: 'Leave without saving?' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Stay here' }));
    expect((screen.getByLabelText('Name') as HTMLInputElement).value).toBe('Ada');
    void router.navigate('/elsewhere');
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    expect(await screen.findByRole('heading', { name: 'Elsewhere' })).toBeTruthy();
  });

  it('lets go where nothing was entered', async () => {
    const { router } = await mount(guarded);
    void router.navigate('/elsewhere');
    expect(await screen.findByRole('heading', { name: 'Elsewhere' })).toBeTruthy();
  });
});

describe('a dialog with a form', () => {
  const closing = (onClose: () => void) => (
    <FormDialog title="Plan" submit="Change" onSubmit={() => undefined} onClose={onClose}>
      <TextField name="reason" label="Reason" />
      <Select name="plan" label="Plan" choices={[{ value: 'lite', label: 'Lite' }]} />
    </FormDialog>
  );

  it('closes at once where nothing was entered', async () => {
    let closed = 0;
    const { user } = await mount(closing(() => closed++));
    await user.keyboard('{Escape}');
    expect(closed).toBe(1);
  });

  it.each<[string, (user: Awaited<ReturnType<typeof mount>>['user']) => Promise<void>]>([
    ['was typed', (user) => user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Price')],
    [
      'was chosen',
      async (user) => {
        await user.click(screen.getByRole('button', { name: /Plan$/ }));
        await user.click(await screen.findByRole('option', { name: 'Lite' }));
      },
    ],
  ])('asks first where something %s', async (_, enter) => {
    let closed = 0;
    const { user } = await mount(closing(() => closed++));
    await enter(user);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    expect(closed).toBe(1);
  });
});

describe('a dialog', () => {
  it('is named by its title and closes by Escape', async () => {
    let closed = 0;
    const { user } = await mount(
      <Dialog title="Export" isOpen onClose={() => closed++}>
        <DialogBody>Which?</DialogBody>
      </Dialog>,
    );
    expect(screen.getByRole('dialog', { name: 'Export' })).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(closed).toBe(1);
  });

  it('that must be answered is not waved away', async () => {
    let closed = 0;
    const { user } = await mount(
      <Dialog title="Signed out" isOpen mustAnswer onClose={() => closed++}>
        <DialogBody>Sign in again.</DialogBody>
      </Dialog>,
    );
    await user.keyboard('{Escape}');
    expect([closed, screen.queryByRole('button', { name: 'Close' })]).toEqual([0, null]);
  });

  it('that asks says why it has not been done', async () => {
    const done: string[] = [];
    const { user } = await mount(
      <Confirm
        title="Delete?"
        question="It is gone for good."
        action="Delete"
        isOpen
        error={refused([])}
        onConfirm={() => done.push('delete')}
        onClose={() => done.push('close')}
      />,
    );
    expect(screen.getByRole('alert').textContent).toContain('Not valid.');
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(done).toEqual(['delete', 'close']);
  });
});
