import { z } from 'zod';

/** How sure the expected answer is. */
const CERTAINTIES = ['stated', 'reported', 'standard', 'trade', 'inferred', 'policy', 'arithmetic'] as const;

const fields = z.record(z.string(), z.unknown());
const money = z.string().regex(/^-?\d+\.\d{2}$/, "expected an amount as text such as '50.00'");
const stepNumber = z.int().min(1).describe('A step of this case, from 1.');
const text = z.string().min(1);

const pricing = z
  .strictObject({
    ingredientCostPaid: money.describe('506-F6'),
    dispensingFeePaid: money.describe('507-F7'),
    patientPayAmount: money.describe('505-F5'),
    amountOfCopay: money.describe('518-FI'),
    amountAppliedToPeriodicDeductible: money.describe('517-FH'),
    amountOfCoinsurance: money.describe('572-4U'),
    totalAmountPaid: money.describe('509-F9'),
    manufacturerOwedAmount: money,
    payerShares: z.array(fields).describe('Who bears 509-F9, all of them.'),
  })
  .partial();

const rejects = z.array(text).min(1).max(5).describe('Reject codes (511-FB), all of them, in order.');

/** Everything that can be expected of a step. A list is the whole list; an object names the fields that matter. */
const asked = {
  rejects: rejects.optional(),
  message: text.describe('Part of what the pharmacy reads (526-FQ); capitals do not matter.').optional(),
  authorization: z
    .union([z.strictObject({ sameAs: stepNumber }), z.strictObject({ differsFrom: stepNumber })])
    .describe('The authorization number (503-F3), compared with that of an earlier step.')
    .optional(),
  pricing: pricing.optional(),
  flags: z.array(text).describe('All notes beside the money, such as 340B.').optional(),
  eligibility: fields.describe('Fields of the answer to an eligibility request.').optional(),
  repriced: z
    .array(z.strictObject({ ofStep: stepNumber, patientPayBefore: money, patientPayAfter: money }))
    .describe('All later fills that a reversal or a rebill has priced again.')
    .optional(),
  rebillOf: stepNumber
    .nullable()
    .describe('The step whose fill a rebill (B3) has taken back: for this one, or with R without one in its place.')
    .optional(),
  rebates: z
    .array(fields)
    .describe(
      'All rebate events of this step: fields as on the topic, and reversesAccrualOfStep for the accrual that a REVERSAL takes back. Left out, they are not looked at with P and A, and there are none with R, D and S.',
    )
    .optional(),
  fills: z
    .array(fields)
    .describe(
      "The member's fills after this step, in the order in which they were paid: fields as on the accounts topic.",
    )
    .optional(),
  accumulators: z
    .array(fields)
    .describe(
      "The member's running totals after this step that are not zero. Left out with R, D and S, nothing has moved.",
    )
    .optional(),
};
export type Asked = z.infer<z.ZodObject<typeof asked>>;

const { authorization, flags, eligibility, rebillOf, repriced, message } = asked;
const books = { rebates: asked.rebates, fills: asked.fills, accumulators: asked.accumulators };

const Expect = z
  .discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('P'),
      authorization,
      pricing: asked.pricing,
      flags,
      rebillOf,
      repriced,
      ...books,
    }),
    z.strictObject({
      status: z.literal('D'),
      authorization,
      pricing: asked.pricing,
      flags,
      rebillOf,
      repriced,
      ...books,
    }),
    z.strictObject({ status: z.literal('A'), authorization, eligibility, repriced, ...books }),
    z.strictObject({ status: z.literal('S'), authorization, ...books }),
    z.strictObject({ status: z.literal('R'), rejects, message, rebillOf, repriced, ...books }),
  ])
  .describe(
    'The answer by its status (112-AN), and what it did to the books. P paid, D duplicate of paid, A reversal or eligibility request accepted, S duplicate of an accepted reversal, R rejected.',
  );

const patch = (what: string) => fields.describe(`${what}: only what differs; null removes.`);
const rulePatch = (what: string) => fields.describe(`${what}: only what differs; null is a value, such as no cap.`);

const Member = z.strictObject({
  coverage: patch('Record of the coverage topic').optional(),
  authorizations: patch('Prior authorizations, each under a name of your choice').optional(),
});

const Given = z
  .strictObject({
    member: Member.optional(),
    otherMembers: z
      .record(z.string(), Member)
      .describe('More people, each under a name of your choice, as changes of the member.')
      .optional(),
    participation: patch('Records of the participation topic, each under a name of your choice').optional(),
  })
  .describe('What is known of people and parties, as changes of what was known before.');

const claim = patch('Claim record').optional();

const ClaimStep = z.strictObject({ given: Given.optional(), claim, expect: Expect });

const RequestStep = z.strictObject({
  given: Given.optional(),
  authorizationRequest: patch('Request for a prior authorization'),
  expect: z
    .discriminatedUnion('decision', [
      z.strictObject({ decision: z.literal('APPROVED') }),
      z.strictObject({
        decision: z.enum(['DENIED', 'INCOMPLETE']),
        reasons: z.array(text).min(1).describe('All of them, in order.'),
      }),
    ])
    .describe('The decision, which is on file for the steps that follow.'),
});

const Case = z.strictObject({
  id: text.describe('Its number in the list of acceptance cases, with a letter where one row needs several.'),
  why: text.describe('The rule and what happens, for a reader who knows pharmacies and not this program.'),
  source: text.describe('Where the rule is written down.'),
  certainty: z
    .enum(CERTAINTIES)
    .describe(
      'stated: the text of CMS was read. reported: named second-hand source. standard: public code tables. trade: common knowledge of the trade. inferred: follows from such. policy: no public rule, so this is a setting. arithmetic: computed.',
    ),
  policy: rulePatch("Rules of the claim's programme").optional(),
  dates: rulePatch("Dates of the versions of the claim's programme, such as those that wake a dormant one").optional(),
  criteria: rulePatch("Clinical criteria of the claim's programme").optional(),
  given: Given.optional(),
  claim: claim.describe('Changes of the claim of the base for all steps.'),
  steps: z
    .array(z.union([ClaimStep, RequestStep]))
    .min(1)
    .describe('Claims and requests for prior authorization in the order in which they arrive.'),
});

/** A scenario that cannot be run: what is wrong with the file, for whoever wrote it. */
export class BadScenario extends Error {
  override readonly name = 'BadScenario';
}

/** The claim and the request that everything lets through, and what is known when they arrive. */
export const ScenarioBase = z.strictObject({
  claim: fields.describe('A record of the claims topic, without transmissionId and receivedAt.'),
  authorizationRequest: fields.describe('A request for prior authorization, without requestId.').optional(),
  member: z.strictObject({ coverage: fields, authorizations: fields }),
  participation: fields,
});
export type ScenarioBase = z.infer<typeof ScenarioBase>;

/**
 * A file of acceptance cases. Whatever it does not know is an error, so that a misspelt expectation cannot pass.
 * The JSON Schema beside the project's own scenarios is made from this.
 */
export const ScenarioFile = z.strictObject({
  $schema: z.string().optional(),
  title: text,
  synthetic: text.describe('Says that nobody in this file exists.'),
  base: z.union([text.describe('Path of a file with the base, from this file.'), ScenarioBase]),
  cases: z
    .array(Case)
    .min(1)
    .refine((cases) => new Set(cases.map(({ id }) => id)).size === cases.length, 'two cases have the same id'),
});
export type ScenarioFile = z.infer<typeof ScenarioFile>;
export type ScenarioCase = ScenarioFile['cases'][number];
export type ScenarioStep = z.infer<typeof ClaimStep>;
export type ScenarioRequest = z.infer<typeof RequestStep>;
export type ScenarioGiven = z.infer<typeof Given>;
export type ScenarioExpectation = ScenarioStep['expect'];
