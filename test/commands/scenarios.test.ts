import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { scenarios } from '../../src/commands/scenarios.ts';

const base = JSON.parse(readFileSync('test/scenarios/base/bridge.json', 'utf8')) as object;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const paidInFull = { status: 'P', pricing: { patientPayAmount: '50.00' } };
const aCase = (changes: object = {}) => ({
  id: 'X01',
  why: 'A claim like any other.',
  source: 'made up',
  certainty: 'policy',
  steps: [{ expect: paidInFull }],
  ...changes,
});
const expecting = (expectation: object) => aCase({ steps: [{ expect: expectation }] });

/** A folder outside the project with one file of these cases. */
function folderWith(...cases: readonly object[]): string {
  const path = mkdtempSync(join(folder, 'set-'));
  const content = { title: 'Somebody else’s cases', synthetic: 'Nobody in this file exists.', base, cases };
  writeFileSync(join(path, 'mine.json'), JSON.stringify(content));
  return path;
}

async function run(path: string, json = false): Promise<{ holds: boolean; output: string }> {
  const lines: string[] = [];
  const print = (line: string): unknown => lines.push(line);
  const holds = await scenarios({ paths: [path], policyDirectory: 'deploy/policy', json, print });
  return { holds, output: lines.join('\n') };
}

describe('a file outside the project', () => {
  test('is run, and every case prints a line', async () => {
    const { holds, output } = await run(folderWith(aCase(), aCase({ id: 'X02' })));
    expect(holds).toBe(true);
    expect(output).toContain('ok   X01');
    expect(output).toContain('ok   X02');
    expect(output).toContain('2 cases in 1 files, 0 failed');
  });

  test('may be named itself', async () => {
    const { holds } = await run(join(folderWith(aCase()), 'mine.json'));
    expect(holds).toBe(true);
  });

  test('prints one JSON document per case where asked', async () => {
    const { output } = await run(folderWith(aCase()), true);
    expect(JSON.parse(output)).toMatchObject({ id: 'X01', failures: [] });
  });
});

describe('a wrong expectation turns the run red:', () => {
  test.each([
    ['the status', { status: 'D' }, 'step 1, status: expected "D", got "P"'],
    [
      'an amount',
      { status: 'P', pricing: { patientPayAmount: '49.99' } },
      'patientPayAmount: expected "49.99", got "50.00"',
    ],
    ['a flag too many', { status: 'P', flags: ['340B'] }, 'flags: expected ["340B"], got []'],
    ['a rebate event that is not there', { status: 'P', rebates: [] }, 'rebates: expected [], got "1 of them"'],
    [
      'a field that no rebate event has',
      { status: 'P', rebates: [{ amount: '1.00' }] },
      'amount: expected "1.00", got null',
    ],
    ['a total', { status: 'P', accumulators: [{ amount: '0.00' }] }, 'amount: expected "0.00", got "50.00"'],
  ])('%s', async (_what, expectation, line) => {
    const { holds, output } = await run(folderWith(expecting(expectation)));
    expect(holds).toBe(false);
    expect(output).toContain('FAIL X01');
    expect(output).toContain(line);
  });

  test.each([
    ['the codes in another order', { status: 'R', rejects: ['62', '7D'] }, 'expected "62", got "7D"'],
    ['a code too few', { status: 'R', rejects: ['7D'] }, 'rejects: expected ["7D"], got ["7D","62"]'],
    ['another text', { status: 'R', rejects: ['7D', '62'], message: 'telephone' }, 'message: expected "telephone"'],
    ['paid', { status: 'P' }, 'status: expected "P", got "R 7D 62"'],
  ])('of a rejected claim %s', async (_what, expectation, line) => {
    const claim = { patient: { dateOfBirth: '1956-03-12', patientFirstName: 'BOB' } };
    const { holds, output } = await run(folderWith(aCase({ steps: [{ claim, expect: expectation }] })));
    expect(holds).toBe(false);
    expect(output).toContain(line);
  });

  test('of a claim sent again another number', async () => {
    const again = { expect: { status: 'D', authorization: { differsFrom: 1 } } };
    const { holds, output } = await run(folderWith(aCase({ steps: [{ expect: paidInFull }, again] })));
    expect(holds).toBe(false);
    expect(output).toContain('step 2, authorization');
  });
});

const asking = (request: object, expectation: object) =>
  aCase({ steps: [{ authorizationRequest: request, expect: expectation }] });

describe('a step may be a request for prior authorization:', () => {
  const denied = { decision: 'DENIED', reasons: ['UNDER_AGE'] };

  test('its decision is on file for the claims that follow', async () => {
    const steps = [
      { authorizationRequest: { patientAge: 17 }, expect: denied },
      { expect: { status: 'R', rejects: ['3Y'] } },
    ];
    const given = { member: { authorizations: { drug: null } } };
    expect((await run(folderWith(aCase({ given, steps })))).holds).toBe(true);
  });

  test('what it put there is that of its member alone', async () => {
    const given = {
      member: { authorizations: { drug: null } },
      otherMembers: { ada: { coverage: { cardholderId: '1EG4TE5MK72' } } },
    };
    const steps = [
      { authorizationRequest: { cardholderId: '1EG4TE5MK72' }, expect: { decision: 'APPROVED' } },
      { expect: { status: 'R', rejects: ['75'] } },
      { claim: { insurance: { cardholderId: '1EG4TE5MK72' } }, expect: { status: 'P' } },
    ];
    expect((await run(folderWith(aCase({ given, steps })))).holds).toBe(true);
  });

  test('a later step changes what is on file by the names that the case gives', async () => {
    const steps = [
      { authorizationRequest: { requestId: 'first', patientAge: 17 }, expect: denied },
      {
        given: { member: { authorizations: { drug: null, first: { status: 'EXHAUSTED' } } } },
        expect: { status: 'R', rejects: ['PA'] },
      },
    ];
    expect((await run(folderWith(aCase({ steps })))).holds).toBe(true);
  });

  test.each([
    ['another decision', { patientAge: 17 }, { decision: 'APPROVED' }, 'decision: expected "APPROVED", got "DENIED"'],
    ['a reason too many', { patientAge: 17 }, { decision: 'APPROVED' }, 'reasons: expected [], got ["UNDER_AGE"]'],
    [
      'another reason',
      { patientAge: 17 },
      { decision: 'DENIED', reasons: ['MASH'] },
      'reasons: expected ["MASH"], got ["UNDER_AGE"]',
    ],
    ['a reason too few', {}, denied, 'reasons: expected ["UNDER_AGE"], got []'],
  ])('%s turns the run red', async (...[, request, expectation, line]) => {
    const { holds, output } = await run(folderWith(asking(request, expectation)));
    expect(holds).toBe(false);
    expect(output).toContain(line);
  });
});

describe('an error is', () => {
  test.each([
    ['a misspelt decision', asking({}, { decision: 'APROVED' }), 'decision'],
    ['a denial without reasons', asking({}, { decision: 'DENIED' }), 'reasons'],
    ['an approval with reasons', asking({}, { decision: 'APPROVED', reasons: ['MASH'] }), 'reasons'],
    ['a misspelt field of the request', asking({ bmi: '30.0' }, { decision: 'APPROVED' }), 'bmi: no such field'],
    ['a request with a wrong field', asking({ sleepApnea: 'BAD' }, { decision: 'APPROVED' }), 'sleepApnea'],
    ['a request for nobody', asking({ cardholderId: 'X' }, { decision: 'APPROVED' }), 'a cardholder whom nobody is'],
    ['a criterion that no policy has', aCase({ criteria: { age: 12 } }), 'age'],
    [
      'a word on file that a request cannot be decided on',
      aCase({
        given: { member: { authorizations: { drug: { kind: 'DRAG' } } } },
        steps: [{ authorizationRequest: {}, expect: { decision: 'APPROVED' } }],
      }),
      'a word or a span of days',
    ],
    [
      'the number of a step that was a request',
      aCase({
        steps: [
          { authorizationRequest: {}, expect: { decision: 'APPROVED' } },
          { expect: { status: 'P', authorization: { sameAs: 1 } } },
        ],
      }),
      'no step 1 with a claim',
    ],
    ['a misspelt expectation', expecting({ status: 'P', princing: {} }), 'princing'],
    ['a misspelt amount', expecting({ status: 'P', pricing: { patientPayAmmount: '50.00' } }), 'patientPayAmmount'],
    ['an amount as a number', expecting({ status: 'P', pricing: { patientPayAmount: 50 } }), 'patientPayAmount'],
    ['an expectation of nothing', expecting({}), 'status'],
    ['a rejection without codes', expecting({ status: 'R' }), 'rejects'],
    ['a price of a rejected claim', expecting({ status: 'R', rejects: ['70'], pricing: {} }), 'pricing'],
    ['a case without steps', aCase({ steps: [] }), 'steps'],
    ['a misspelt field of the claim', aCase({ claim: { dateOfServise: '2026-08-03' } }), 'dateOfServise'],
    ['a misspelt field of the coverage', aCase({ given: { member: { coverage: { plan: 'PDP' } } } }), 'plan'],
    [
      'a status that no authorization has',
      aCase({ given: { member: { authorizations: { drug: { status: 'DENYED' } } } } }),
      'value: a word',
    ],
    ['a rule that no policy has', aCase({ policy: { copay: '0.00' } }), 'copay'],
    ['a step that does not come before', expecting({ status: 'P', authorization: { sameAs: 1 } }), 'no step 1'],
  ])('%s', async (_what, broken, name) => {
    await expect(run(folderWith(broken))).rejects.toThrow(name);
  });

  test('the same id twice', async () => {
    await expect(run(folderWith(aCase(), aCase()))).rejects.toThrow('two cases have the same id');
  });

  test('a file that is not JSON', async () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{');
    await expect(run(path)).rejects.toThrow(path);
  });

  test('an empty folder, for a run that looked at nothing must not be green', async () => {
    const path = join(folder, 'empty');
    mkdirSync(path);
    await expect(run(path)).rejects.toThrow('no scenarios in this folder');
  });

  test('a path that does not exist', async () => {
    await expect(run(join(folder, 'nowhere'))).rejects.toThrow('no such file or folder');
  });
});
