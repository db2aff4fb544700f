import fc from 'fast-check';

import type { Records } from '../../src/wire/records.ts';
import type { RecordName } from '../../src/wire/schema-files.ts';
import { type Shape, SHAPES } from '../../src/wire/shape.ts';

/** Any record that the schema allows. Words with a closed list of their own come from `words`, by field name. */
export const arbitraryRecord = <Name extends RecordName>(name: Name): fc.Arbitrary<Records[Name]> =>
  valueOf(SHAPES[name]) as fc.Arbitrary<Records[Name]>;

/** The words of fields that have a closed list: a decoder lets no others through. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  kind: ['DRUG', 'EARLY_REFILL'],
  status: ['APPROVED', 'IN_REVIEW', 'DENIED', 'EXHAUSTED', 'REPLACED'],
  participantType: ['PHARMACY', 'PRESCRIBER', 'STATE', 'LABELER'],
  lifestyleSupport: ['ENROLLED', 'OFFERED', 'DECLINED'],
};
const WORDS_OF: Readonly<Record<string, readonly string[]>> = {
  'Participation.status': ['ACTIVE', 'SUSPENDED', 'TERMINATED', 'PRECLUDED', 'ORGANIZATION_NPI'],
  'HouseholdCeiling.period': ['MONTH', 'QUARTER'],
};

function valueOf(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.kind === 'array') return fc.array(valueOf(shape.items), { maxLength: 3 });
  if (shape.kind === 'nullable') return fc.option(valueOf(shape.of), { nil: null });
  if (shape.kind === 'decimal') return fc.integer({ min: 1 - 10 ** shape.precision, max: 10 ** shape.precision - 1 });
  if (shape.kind !== 'record') return PLAIN[shape.kind];
  return fc.record(
    Object.fromEntries(
      shape.fields.map((field) => {
        const words = WORDS_OF[`${shape.name}.${field.name}`] ?? WORDS[field.name];
        return [field.name, words === undefined ? valueOf(field.shape) : fc.constantFrom(...words)];
      }),
    ),
  );
}

const PLAIN = {
  string: fc.string({ unit: 'grapheme', maxLength: 20 }),
  boolean: fc.boolean(),
  int: fc.integer(),
  // From 2^52 on avsc writes another number, without a word. Our counts, cents and milliseconds are far below.
  long: fc.integer({ min: 1 - 2 ** 52, max: 2 ** 52 - 1 }),
  // Years with four digits.
  date: fc.integer({ min: -300_000, max: 300_000 }),
  instant: fc.integer({ min: 0, max: 4_102_444_800_000 }),
};
