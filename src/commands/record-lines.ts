import { readJsonLines } from '../adapters/files/json-lines.ts';
import { fromJson } from '../wire/json.ts';
import type { Records } from '../wire/records.ts';
import type { RecordName } from '../wire/schema-files.ts';
import type { FileDesk } from './file-desk.ts';

/** Takes a file, a line and what is wrong there, but no value. */
type Complain = (line: string) => void;

export type RecordLine<Name extends RecordName> = { readonly number: number; readonly record: Records[Name] };

/** The records of a file in their order. A line that is none is told and left out. */
export async function* recordLines<Name extends RecordName>(
  name: Name,
  path: string,
  complain: Complain,
): AsyncGenerator<RecordLine<Name>> {
  for await (const { number, json } of readJsonLines(path)) {
    const read = json === undefined ? NOT_A_RECORD : fromJson(name, json);
    if (read.kind === 'record') yield { number, record: read.record };
    else for (const problem of read.problems) complain(at(path, number, problem));
  }
}

/** A member without a line of reference data is one that is not on file, so a bad line is told and its record left out. */
export async function learnReference(path: string, desk: Pick<FileDesk, 'learn'>, complain: Complain): Promise<void> {
  for await (const { number, json } of readJsonLines(path)) {
    for (const problem of json === undefined ? [NOT_JSON] : desk.learn(json)) complain(at(path, number, problem));
  }
}

const NOT_JSON = 'not JSON';
const NOT_A_RECORD = { kind: 'problems', problems: [NOT_JSON] } as const;

const at = (path: string, number: number, problem: string): string =>
  `${path === '-' ? 'standard input' : path}:${String(number)}: ${problem}`;
