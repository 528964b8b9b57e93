/** The order of the folders of src, as biome.json holds it: every folder has its rule, and none comes round to itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Override {
  includes: string[];
  linter: {
    rules: { style: { noRestrictedImports: { level: string; options: { patterns: { group: string[] }[] } } } };
  };
}

const { overrides } = JSON.parse(readFileSync(new URL('../biome.json', import.meta.url), 'utf8')) as {
  overrides: Override[];
};

/** What a folder's rule lets it import: the exceptions from "nothing outside". */
function allowedBy({ linter }: Override): string[] {
  const { level, options } = linter.rules.style.noRestrictedImports;
  expect(level).toBe('error');
  const [outside, ...exceptions] = options.patterns.flatMap(({ group }) => group);
  expect(outside).toBe('../**');
  return [...new Set(exceptions.map((pattern) => /^!(?:\.\.\/)+([a-z-]+)/.exec(pattern)?.[1] ?? pattern))];
}

const folderOf = (override: Override): string => /^src\/([a-z-]+)\/\*\*$/.exec(override.includes.join())?.[1] ?? '';
const allowed = new Map(overrides.map((override) => [folderOf(override), allowedBy(override)]));
const folders = readdirSync(new URL('../src', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** `styles` is no code, and `app`, which mounts everything, is imported by nobody. */
const FREE = ['app', 'styles'];

it('has a rule for every folder but the one that mounts them all', () => {
  expect([...allowed.keys()].sort()).toEqual(folders.filter((name) => !FREE.includes(name)).sort());
});

it('lets the shared components import nobody', () => {
  expect(allowed.get('ui')).toEqual([]);
});

it('lets no folder import itself by way of others', () => {
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const name of allowed.get(from) ?? []) if (!seen.has(name)) reached(name, seen.add(name));
    return seen;
  };
  expect([...allowed.keys()].filter((name) => reached(name).has(name))).toEqual([]);
});
