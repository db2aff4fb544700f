import { writeFileSync } from 'node:fs';

import { RECORD_NAMES } from '../src/wire/schema-files.ts';
import { type FieldShape, type RecordShape, type Shape, SHAPES } from '../src/wire/shape.ts';

const TARGET = new URL('../src/wire/records.ts', import.meta.url);

const HEADER = `// Generated from schemas/*.avsc by \`npm run generate\`: change the schemas, not this file.
// A decimal is an integer of its smallest unit, a date the days and an instant the milliseconds since 1970-01-01.
`;

/** The TypeScript of every record in the schemas, nested ones before the record that holds them. */
export function generateTypes(): string {
  const texts = new Map<string, string>();
  for (const name of RECORD_NAMES) collect(SHAPES[name], texts);
  const records = RECORD_NAMES.map((name) => `  ${name}: ${name}Record;`).join('\n');
  return [
    HEADER,
    ...texts.values(),
    `/** The records by the name of their schema. */\nexport type Records = {\n${records}\n};\n`,
  ].join('\n');
}

function collect(shape: Shape, texts: Map<string, string>): void {
  if (shape.kind === 'array') collect(shape.items, texts);
  if (shape.kind === 'nullable') collect(shape.of, texts);
  if (shape.kind !== 'record') return;
  for (const field of shape.fields) collect(field.shape, texts);
  const text = recordText(shape);
  if ((texts.get(shape.name) ?? text) !== text) throw new Error(`two different records are called ${shape.name}`);
  texts.set(shape.name, text);
}

const recordText = ({ name, doc, fields }: RecordShape): string =>
  `${docText(doc, '')}export type ${name}Record = {\n${fields.map(fieldText).join('')}};\n`;

const fieldText = ({ name, doc, shape }: FieldShape): string =>
  `${docText(joined(doc, unit(shape)), '  ')}  readonly ${name}: ${typeText(shape)};\n`;

const docText = (doc: string | null, indent: string): string => (doc === null ? '' : `${indent}/** ${doc} */\n`);

const joined = (doc: string | null, unitText: string | null): string | null =>
  doc === null || unitText === null ? (doc ?? unitText) : `${doc} [${unitText}]`;

/** What a bare number counts. */
function unit(shape: Shape): string | null {
  if (shape.kind === 'nullable') return unit(shape.of);
  if (shape.kind === 'array') return unit(shape.items);
  if (shape.kind === 'decimal') return `1/${String(10 ** shape.scale)}`;
  if (shape.kind === 'date') return 'epoch days';
  return shape.kind === 'instant' ? 'epoch milliseconds' : null;
}

function typeText(shape: Shape): string {
  if (shape.kind === 'record') return `${shape.name}Record`;
  if (shape.kind === 'array') return `readonly ${typeText(shape.items)}[]`;
  if (shape.kind === 'nullable') return `${typeText(shape.of)} | null`;
  return shape.kind === 'string' || shape.kind === 'boolean' ? shape.kind : 'number';
}

if (import.meta.main) writeFileSync(TARGET, generateTypes());
