import { expect, test } from 'vitest';

import { FIELD_IDS } from '../../src/claims/field-ids.ts';
import { SCHEMAS } from '../../src/wire/schema-files.ts';

/** A field of the schema begins its description with its id in the standard. */
const inSchema = new Set(
  [...JSON.stringify(SCHEMAS.Claim).matchAll(/"name":"(\w+)"((?!"name").)*?"doc":"(\d{3}-\w\w)/g)].map(
    ([, name, , id]) => `${name ?? ''} ${id ?? ''}`,
  ),
);

test.each(Object.entries(FIELD_IDS))('%s has the id of the schema, %s', (name, id) => {
  // A list of codes: the id is that of one of them.
  expect(inSchema).toContain(`${name === 'diagnosisCodes' ? 'code' : name} ${id}`);
});
