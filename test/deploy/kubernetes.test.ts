import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { ROOT } from '../tidy/project-copy.ts';
import { built } from './kustomization.ts';
import { type Plant, planted } from './manifest-rule.ts';
import { POD_RULES } from './pod-rules.ts';
import type { System } from './system.ts';
import { WIRING_RULES } from './wiring-rules.ts';

const systemOf = (overlay: string): System => ({ resources: built(join(ROOT, 'deploy/kubernetes/overlays', overlay)) });

const titleOf = ({ kind, path, value }: Plant): string =>
  `${path} of the ${kind} is ${value === undefined ? 'missing' : JSON.stringify(value).slice(0, 40)}`;

const small = systemOf('small');
const production = systemOf('production');

describe.each([...POD_RULES, ...WIRING_RULES])('$rule', ({ faults, plants }) => {
  test.each([
    ['small', small],
    ['production', production],
  ])('in the overlay %s', (_name, system) => {
    expect(faults(system)).toEqual([]);
  });

  test.each(plants.map((plant) => [titleOf(plant), plant] as const))('which is noticed when %s', (_title, plant) => {
    const broken = planted(production, plant);
    expect(broken).not.toEqual(production);
    expect(faults(broken)).not.toEqual([]);
  });
});

test('an overlay has all that the base has', () => {
  const base = built(join(ROOT, 'deploy/kubernetes/base')).map(({ kind }) => kind);
  expect(base).toHaveLength(9);
  for (const { resources } of [small, production]) {
    expect(resources.map(({ kind }) => kind)).toEqual(expect.arrayContaining(base));
  }
});

test('deleting the workers does not delete the topics', () => {
  const kinds = [small, production].flatMap(({ resources }) => resources.map(({ kind }) => kind));
  expect(kinds).not.toContain('KafkaTopic');
});
