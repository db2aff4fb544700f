import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

/** A line of a file, counted from 1; `json` is undefined where the line is no JSON. */
export type JsonLine = { readonly number: number; readonly json: unknown };

/** Line after line, so that a file of any size is read in little memory. `-` is standard input; blank lines are left out. */
export async function* readJsonLines(path: string): AsyncGenerator<JsonLine> {
  const input = path === '-' ? process.stdin : (await open(path)).createReadStream();
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== '') yield { number, json: parsed(line) };
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export type JsonLines = {
  /** Waits while whoever reads is slower. */
  write(value: unknown): Promise<void>;
  /** When all of it has been handed over; standard output stays open. */
  close(): Promise<void>;
};

/** Replaces the file; null is standard output. */
export function writeJsonLines(path: string | null): JsonLines {
  const stream = path === null ? process.stdout : createWriteStream(path);
  let failure: Error | undefined;
  stream.on('error', (error: Error) => {
    failure = error;
  });
  return {
    write: async (value) => {
      if (failure) throw failure;
      if (!stream.write(`${JSON.stringify(value)}\n`)) await once(stream, 'drain');
    },
    close: async () => {
      if (failure) throw failure;
      if (stream === process.stdout) return;
      stream.end();
      await finished(stream);
    },
  };
}
