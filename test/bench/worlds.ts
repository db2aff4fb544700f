import type { MemberState } from '../../src/adjudication/state.ts';
import type { MemberFile } from '../../src/commands/synthetic/members.ts';
import { LADDERS } from '../../src/commands/synthetic/products.ts';
import type { PolicyBundle } from '../../src/policy/policy-bundle.ts';
import type { CapScope } from '../../src/policy/programme-rules.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import type { ClaimRecord, CoverageRecord, ParticipationRecord } from '../../src/wire/records.ts';
import { aPolicy, BRIDGE_ROUTING } from '../builders.ts';
import { capFaults, paidFills } from '../invariants.ts';

/** A policy, and what the synthetic members and claims of the Bridge are under it. */
export type World = {
  readonly name: string;
  readonly policy: PolicyBundle;
  readonly parties: (ofTheBridge: readonly ParticipationRecord[]) => readonly ParticipationRecord[];
  readonly file: (file: MemberFile) => MemberFile;
  readonly claim: (record: ClaimRecord) => ClaimRecord;
  /** What exceeds the limits that this programme sets to the share of a patient. */
  readonly limitFaults: (state: MemberState) => readonly string[];
};

const CAP = Money.of('50.00');

/** The Bridge, where the cap holds over this scope. What a reversal gives back is given to later fills where they share one. */
function bridge(scope: CapScope): World {
  const days = 30;
  const onReversal = scope === 'PER_FILL' ? 'KEEP' : 'REPROCESS';
  return {
    name: `Bridge, cap ${scope}`,
    policy: aPolicy({ cap: { scope, days }, reversal: { onReversal } }),
    parties: (ofTheBridge) => ofTheBridge,
    file: (file) => file,
    claim: (record) => record,
    limitFaults: (state) => {
      // Periods that are counted from the first fill begin anew when that one is taken back.
      if (scope === 'SERVICE_PERIOD' && state.fills.some(({ status }) => status === 'REVERSED')) return [];
      return capFaults(paidFills(state), { amount: CAP, scope, days });
    },
  };
}

type Elsewhere = {
  readonly programme: string;
  readonly routing: { readonly binNumber: string; readonly processorControlNumber: string };
  /** Parties of this programme and its models that take part, as `MODEL TYPE ID`. */
  readonly parties: readonly string[];
  readonly coverage: (coverage: CoverageRecord) => Partial<CoverageRecord>;
  readonly dispensed: Partial<NonNullable<ClaimRecord['claim']>>;
};

/** The same people and pharmacies under another programme of the deployed policy. */
const elsewhere = ({ programme, routing, parties, coverage, dispensed }: Elsewhere): Omit<World, 'limitFaults'> => ({
  name: programme,
  policy: aPolicy(),
  parties: (ofTheBridge) => [
    ...ofTheBridge.map((party) => ({ ...party, model: programme })),
    ...parties.map((party) => {
      const [model = '', participantType = '', participantId = ''] = party.split(' ');
      const span = { effective: CalendarDate.toEpochDay(CalendarDate.of('2026-01-01')), terminated: null };
      return { model, participantType, participantId, status: 'ACTIVE', ...span };
    }),
  ],
  file: ({ priorAuthorization, ...file }) => ({
    ...file,
    coverage: { ...file.coverage, ...coverage(file.coverage) },
    priorAuthorization: priorAuthorization && {
      ...priorAuthorization,
      authorizations: priorAuthorization.authorizations.map((authorization) => ({ ...authorization, programme })),
    },
  }),
  claim: (record) => ({
    ...record,
    ...(record.processorControlNumber === BRIDGE_ROUTING.processorControlNumber ? routing : {}),
    claim:
      record.claim && ON_A_LADDER.has(record.claim.productServiceId) ? { ...record.claim, ...dispensed } : record.claim,
  }),
});

const ON_A_LADDER: ReadonlySet<string | null> = new Set(
  LADDERS.flatMap(({ strengths }) => strengths.map(({ ndc }) => ndc)),
);

/** A household's ceiling of a quarter below three copays of the state, so that it is met. */
const CEILING = Money.of('10.00');

const MEDICAID: World = {
  ...elsewhere({
    programme: 'MEDICAID_ZZ_FFS',
    routing: { binNumber: '999010', processorControlNumber: 'ZZFFS' },
    parties: ['MEDICAID_ZZ_FFS', 'BALANCE_MEDICAID', 'GENEROUS'].flatMap((model) =>
      ['STATE ZZ', 'LABELER 00169', 'LABELER 00002'].map((party) => `${model} ${party}`),
    ),
    coverage: ({ enrolments }) => ({
      enrolments: enrolments.map((each) => (each.planType === 'PACE' ? each : { ...each, planType: 'MEDICAID_FFS' })),
      medicaid: {
        exemptGroups: [],
        incomePercentOfFpl: 120,
        household: { amount: CEILING, period: 'QUARTER', spentByOthers: [] },
        lifestyleSupport: null,
      },
    }),
    dispensed: {},
  }),
  limitFaults: (state) => {
    const quarters = Map.groupBy(state.accumulators, ({ period }) => CalendarDate.quarter(firstOf(period)));
    const within = [...quarters.values()].every(
      (totals) => Money.add(...totals.map(({ amount }) => amount)) <= CEILING,
    );
    return within ? [] : ["more than the household's ceiling is paid in a quarter"];
  },
};

const firstOf = (month: string): CalendarDate => CalendarDate.of(`${month}-01`);

/** Of the standard benefit, by year and kind. */
const MOST: ReadonlyMap<string, Money> = new Map([
  ['2026 DEDUCTIBLE', Money.of('615.00')],
  ['2026 OUT_OF_POCKET', Money.of('2100.00')],
  ['2027 DEDUCTIBLE', Money.of('700.00')],
  ['2027 OUT_OF_POCKET', Money.of('2400.00')],
]);

const PART_D: World = {
  ...elsewhere({
    programme: 'PART_D_STANDARD',
    routing: { binNumber: '999020', processorControlNumber: 'PARTDSTD' },
    parties: ['GUARD LABELER 00169'],
    coverage: () => ({}),
    // Ozempic: the drugs of the Bridge are not covered by Part D.
    dispensed: { productServiceId: '00169413013', quantityDispensed: 3_000, unitOfMeasure: 'ML' },
  }),
  limitFaults: ({ accumulators }) =>
    accumulators
      .filter(({ period, kind, amount }) => amount > (MOST.get(`${period} ${kind}`) ?? amount))
      .map(({ kind }) => `more than the year allows is paid: ${kind}`),
};

/** One for every limit to the share of a patient that a programme may set. */
export const worlds = (): readonly [World, ...World[]] => [
  bridge('PER_FILL'),
  bridge('CALENDAR_MONTH'),
  bridge('ROLLING_DAYS'),
  bridge('SERVICE_PERIOD'),
  MEDICAID,
  PART_D,
];
