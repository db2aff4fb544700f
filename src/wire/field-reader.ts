import { type RejectCode, REJECTS } from '../claims/reject-codes.ts';
import type { Reject, Rejects } from '../claims/response.ts';
import type { Check } from './claim-checks.ts';
import type { FieldTable, Values } from './claim-fields.ts';
import type { ClaimRecord } from './records.ts';

/** 510-FA: a response has room for five. */
const REJECTS_MAX = 5;

const SYNTAX_REJECTS = REJECTS.map(({ code, text }): Reject => ({ code, edit: 'syntax', message: text }));

/** Reads the tables of one claim and remembers what is wrong. What it answers is complete once `rejects` is null. */
export class FieldReader {
  readonly #codes = new Set<RejectCode>();

  read<Segment extends object, Table extends FieldTable<Segment>>(segment: Segment, table: Table): Values<Table> {
    const values: Record<string, unknown> = {};
    for (const name in table) {
      const row = table[name] as FieldRow;
      const value = row.parse((segment as Readonly<Record<string, unknown>>)[name]);
      if (value === undefined) this.#codes.add(row.code);
      values[name] = value;
    }
    return values as Values<Table>;
  }

  /** Without the segment, one code for the segment is all there is to say about its fields. */
  require<Segment extends object, Table extends FieldTable<Segment>>(
    segment: Segment | null,
    missing: RejectCode,
    table: Table,
  ): Values<Table> {
    if (segment !== null) return this.read(segment, table);
    this.#codes.add(missing);
    return {} as Values<Table>;
  }

  check(record: ClaimRecord, checks: readonly Check[]): void {
    for (const { code, holds } of checks) if (!holds(record)) this.#codes.add(code);
  }

  /** In the order of the code table, at most five; null when every field is well formed. */
  rejects(): Rejects | null {
    if (this.#codes.size === 0) return null;
    return SYNTAX_REJECTS.filter(({ code }) => this.#codes.has(code)).slice(0, REJECTS_MAX) as unknown as Rejects;
  }
}

type FieldRow = { readonly code: RejectCode; readonly parse: (sent: unknown) => unknown };
