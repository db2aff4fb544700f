import type { Context } from '../../adjudication/context.ts';
import { explainDecision, type Trace } from '../../adjudication/trace.ts';
import { FIELD_IDS } from '../../claims/field-ids.ts';
import type { RejectCode } from '../../claims/reject-codes.ts';
import type { Accounts } from '../../stream/adjudicate-record.ts';
import { HEADER } from '../../wire/claim-fields.ts';
import { readClaim } from '../../wire/read-claim.ts';
import type { ClaimRecord } from '../../wire/records.ts';
import { fieldsOfCode, wasSent } from '../../wire/syntax-fields.ts';

/** Why a claim got its answer, on the accounts as they were before it. */
export function explainRecord(record: ClaimRecord, accounts: Accounts, context: Context): Trace {
  const parsed = readClaim(record);
  if (parsed.kind === 'claim') return explainDecision(parsed.claim, accounts.state, context).trace;
  return {
    transactionCode: record.transactionCode,
    dateOfService: HEADER.dateOfService.parse(record.dateOfService) ?? null,
    status: 'R',
    authorizationNumber: null,
    rebillOf: null,
    rejects: parsed.rejects,
    flags: [],
    programme: null,
    policyVersion: context.policy.version,
    entries: [],
    steps: parsed.rejects.map(({ code, edit }) => ({
      stage: 'SYNTAX',
      edit,
      outcome: { kind: 'REJECTED', code },
      looksAt: lookedAt(code, record),
      decidedBy: [],
    })),
    waterfall: [],
  };
}

/** What is malformed may hold anything, so that of its value only this is told: whether there was one. */
const lookedAt = (code: RejectCode, record: ClaimRecord): Trace['steps'][number]['looksAt'] =>
  fieldsOfCode(code).map((name) => ({ name, id: FIELD_IDS[name], value: wasSent(record, name) ? '***' : null }));
