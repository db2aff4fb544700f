import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { generateTypes } from '../../schemas/generate-types.ts';

test('the types of the records are those of the schemas: `npm run generate` writes them', () => {
  expect(readFileSync(new URL('../../src/wire/records.ts', import.meta.url), 'utf8')).toBe(generateTypes());
});
