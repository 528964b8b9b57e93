/** Buttons, fields and choices: what they are called, what they send, and what they say when they may not. */
import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Button, ButtonLink } from '../../src/ui/button';
import { ChoiceOrAll } from '../../src/ui/choice-or-all';
import { CheckGroup, RadioGroup } from '../../src/ui/choices';
import { SearchField, TextField } from '../../src/ui/fields';
import { Chips } from '../../src/ui/filters';
import { Menu } from '../../src/ui/menu';
import { Progress } from '../../src/ui/progress';
import { Select } from '../../src/ui/select';
import { Switch } from '../../src/ui/switch';
import { mount } from './harness';

const FRUIT = [
  { value: 'apple', label: 'Apple', hint: 'Red' },
  { value: 'pear', label: 'Pear' },
];

describe('a button', () => {
  it('is pressed by a click and by the keyboard', async () => {
    let pressed = 0;
    const { user } = await mount(<Button onPress={() => pressed++}>Save</Button>);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await user.keyboard('{Enter}');
    expect(pressed).toBe(2);
  });

  it('keeps its place and does nothing while it is pending', async () => {
    let pressed = 0;
    const { user } = await mount(
      <Button isPending onPress={() => pressed++}>
        Save
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Save' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect(pressed).toBe(0);
  });

  it('is a link where it leads somewhere', async () => {
    await mount(<ButtonLink href="/accounts">Accounts</ButtonLink>);
    expect(screen.getByRole('link', { name: 'Accounts' }).getAttribute('href')).toBe('/accounts');
  });
});

describe('a text field', () => {
  it('is known by its label, and tells its hint and that it is required', async () => {
    await mount(<TextField name="username" label="Username" hint="At least six letters" isRequired />);
    const field = screen.getByRole('textbox', { name: 'Username', description: 'At least six letters' });
    expect((field as HTMLInputElement).required).toBe(true);
  });

  it('has lines where it takes more than one', async () => {
    await mount(<TextField name="brief" label="Brief" lines={4} maxLength={20} />);
    expect(screen.getByRole('textbox', { name: 'Brief' }).tagName).toBe('TEXTAREA');
  });
});

function Search({ onSearch }: { onSearch: (value: string) => void }) {
  const [value, setValue] = useState('');
  const change = (next: string) => {
    onSearch(next);
    setValue(next);
  };
  return <SearchField label="Search" value={value} onChange={change} />;
}

it('a search field tells every letter', async () => {
  const searched: string[] = [];
  const { user } = await mount(<Search onSearch={(value) => searched.push(value)} />);
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'ab');
  expect(searched).toEqual(['a', 'ab']);
});

describe('choices', () => {
  it('tell which of the radio buttons was chosen', async () => {
    const chosen: string[] = [];
    const { user } = await mount(
      <RadioGroup label="Fruit" choices={FRUIT} defaultValue="apple" onChange={(value) => chosen.push(value)} />,
    );
    const group = screen.getByRole('radiogroup', { name: 'Fruit' });
    await user.click(within(group).getByRole('radio', { name: 'Pear' }));
    expect(chosen).toEqual(['pear']);
  });

  it('tell all boxes that are ticked', async () => {
    const ticked: string[][] = [];
    const { user } = await mount(
      <CheckGroup label="Fruit" choices={FRUIT} value={['apple']} onChange={(value) => ticked.push(value)} />,
    );
    await user.click(screen.getByRole('checkbox', { name: 'Pear' }));
    await user.click(screen.getByRole('checkbox', { name: 'Apple' }));
    expect(ticked).toEqual([['apple', 'pear'], []]);
  });

  it('open as a list, with the hint in the name of an option', async () => {
    const chosen: string[] = [];
    const { user } = await mount(
      <Select label="Fruit" choices={FRUIT} defaultValue="pear" onChange={(value) => chosen.push(value)} />,
    );
    await user.click(screen.getByRole('button', { name: /Fruit/ }));
    await user.click(await screen.findByRole('option', { name: /^Apple ?Red$/ }));
    expect(chosen).toEqual(['apple']);
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('of a filter begin with all of them, which is no choice', async () => {
    const chosen: (string | undefined)[] = [];
    const { user } = await mount(
      <ChoiceOrAll label="Plan" words={{ lite: 'Lite' }} value="lite" onChange={(value) => chosen.push(value)} />,
    );
    await user.click(screen.getByRole('button', { name: /Plan/ }));
    await user.click(await screen.findByRole('option', { name: 'All' }));
    expect(chosen).toEqual([undefined]);
  });
});

describe('a switch', () => {
  it('tells which way it was switched, and stays as it is told', async () => {
    const switched: boolean[] = [];
    const { user } = await mount(<Switch label="SEO" isOn={false} onChange={(on) => switched.push(on)} />);
    await user.click(screen.getByRole('switch', { name: 'SEO' }));
    expect(switched).toEqual([true]);
    expect((screen.getByRole('switch', { name: 'SEO' }) as HTMLInputElement).checked).toBe(false);
  });

  it('says why it cannot be switched, and cannot', async () => {
    const switched: boolean[] = [];
    const { user } = await mount(
      <Switch label="SEO" isOn={false} reason="The client pays." onChange={(on) => switched.push(on)} />,
    );
    const found = screen.getByRole('switch', { name: 'SEO', description: 'The client pays.' });
    await user.click(found);
    expect([(found as HTMLInputElement).disabled, switched]).toEqual([true, []]);
  });

  it('does nothing while the last change is under way', async () => {
    const switched: boolean[] = [];
    const { user } = await mount(
      <Switch label="SEO" isOn={false} isPending pendingText="Activating…" onChange={(on) => switched.push(on)} />,
    );
    await user.click(screen.getByRole('switch', { name: 'SEO', description: 'Activating…' }));
    expect(switched).toEqual([]);
  });
});

describe('a menu', () => {
  it('does what was chosen, and shows why something cannot be done', async () => {
    const done: string[] = [];
    const { user } = await mount(
      <Menu
        label="Actions"
        icon="dots"
        actions={[
          { id: 'plan', label: 'Change plan', onAction: () => done.push('plan') },
          { id: 'log-in', label: 'Log in', reason: 'You may read only.', onAction: () => done.push('log-in') },
        ]}
      />,
    );
    await user.click(screen.getByRole('button', { name: 'Actions' }));
    const closed = await screen.findByRole('menuitem', { name: 'Log in You may read only.' });
    expect(closed.getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('menuitem', { name: 'Change plan' }));
    expect(done).toEqual(['plan']);
  });
});

it('the chips of a filter are removed one by one or all at once', async () => {
  const done: string[] = [];
  const chips = [{ id: 'plan', label: 'Plan: Lite' }];
  const { user } = await mount(
    <Chips chips={chips} onRemove={(id) => done.push(id)} onClear={() => done.push('all')} />,
  );
  await user.click(screen.getByRole('button', { name: 'Remove filter: Plan: Lite' }));
  await user.click(screen.getByRole('button', { name: 'Clear all' }));
  expect(done).toEqual(['plan', 'all']);
});

it('progress is told as a number and in words', async () => {
  await mount(<Progress label="Import" value={3} max={12} valueText="3 of 12 rows" />);
  const bar = screen.getByRole('progressbar', { name: 'Import' });
  expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuetext')]).toEqual(['3', '3 of 12 rows']);
});
