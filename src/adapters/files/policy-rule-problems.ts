import type { ProgrammeRules } from '../../policy/programme-rules.ts';
import type { PolicyDocuments } from './policy-documents.ts';
import { error, warning, type PolicyProblem } from './policy-problem.ts';

type Programme = PolicyDocuments['programmes.json']['programmes'][number];

const FILE = { file: 'programmes.json' } as const;

/** What is wrong with programmes and their rules, whatever they cover. */
export function ruleProblems({ 'programmes.json': { programmes } }: PolicyDocuments): readonly PolicyProblem[] {
  const routes = programmes.map(({ routing }) => `BIN ${routing.binNumber} PCN ${routing.processorControlNumber}`);
  return [
    ...repeated(programmes.map(({ id }) => id)).map((id) =>
      error(FILE, `programme ${id} is there twice: give it one entry with several versions`),
    ),
    ...repeated(routes).map((route) =>
      error(FILE, `${route} leads to two programmes: a claim has to be for one of them`),
    ),
    ...programmes.flatMap((programme) => programme.versions.flatMap((version) => problemsOf(programme, version.rules))),
    ...programmes.flatMap((programme) => sharingProblems(programme, programmes)),
  ];
}

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

type Problems = readonly PolicyProblem[];
type Fault = (what: string, text: string) => PolicyProblem;

const problemsOf = ({ id }: Programme, rules: ProgrammeRules): Problems => {
  const fault: Fault = (what, text) => error({ ...FILE, programme: id, what }, text);
  return [...supplyProblems(rules, fault), ...timeProblems(rules, fault), ...shareProblems(rules, fault)];
};

function supplyProblems({ supply }: ProgrammeRules, fault: Fault): Problems {
  const daysMax = supply.monthlySupplies.map((row) => row.daysMax);
  const ascends = daysMax.every((days, index) => days > (daysMax[index - 1] ?? 0));
  const tooLong = supply.daysAllowed.filter((days) => days > Math.max(...daysMax));
  return [
    ...(ascends ? [] : [fault('supply.monthlySupplies', 'do not ascend: sort the rows by daysMax')]),
    ...tooLong.map((days) =>
      fault(
        'supply.daysAllowed',
        `${String(days)} days are allowed but no number of monthly supplies: add a row to supply.monthlySupplies`,
      ),
    ),
  ];
}

const timeProblems = ({ timeliness }: ProgrammeRules, fault: Fault): Problems =>
  timeliness.lastUtcOffsetHours <= timeliness.firstUtcOffsetHours
    ? []
    : [
        fault(
          'timeliness.lastUtcOffsetHours',
          'a day cannot end before it begins: at most timeliness.firstUtcOffsetHours',
        ),
      ];

/** What a cap that several programmes use asks of their rules. */
function sharingProblems({ id, versions }: Programme, programmes: readonly Programme[]): Problems {
  const place = { ...FILE, programme: id, what: 'cap.sharedWith' };
  const shares = versions.flatMap(({ rules: { cap, reversal } }) =>
    cap.sharedWith.map((other) => ({ other, cap, reversal })),
  );
  return shares.flatMap(({ other, cap, reversal }) => {
    const partner = programmes.find((programme) => programme.id === other);
    if (partner === undefined) return [error(place, `${other} is no programme`)];
    return [
      ...(cap.scope === 'CALENDAR_MONTH' && reversal.onReversal === 'KEEP'
        ? []
        : [error(place, 'only a cap by CALENDAR_MONTH can be shared, and only with reversal.onReversal KEEP')]),
      ...(partner.versions.some(({ rules }) => rules.cap.sharedWith.includes(id))
        ? []
        : [
            warning(
              place,
              `${other} does not share back: what two fills cost depends on which of them is billed first`,
            ),
          ]),
    ];
  });
}

/** What the ways to share the cost ask of the other rules. */
function shareProblems({ costShare: { kind }, cap, reversal, partialFill }: ProgrammeRules, fault: Fault): Problems {
  return [
    ...(kind === 'CAPPED' && cap.amount === null
      ? [fault('cap.amount', 'costShare CAPPED needs one, for it is all that the patient pays')]
      : []),
    ...(kind !== 'CAPPED' && reversal.onReversal === 'REPROCESS'
      ? [
          fault(
            'reversal.onReversal',
            'REPROCESS prices only shares that a cap alone decides (costShare CAPPED): set it to KEEP',
          ),
        ]
      : []),
    ...(kind === 'PART_D_PHASES' && cap.usualAndCustomary === 'MINIMUM'
      ? [fault('cap.usualAndCustomary', 'MINIMUM has no meaning in the phases of Part D: set it to IGNORE')]
      : []),
    ...(kind === 'PART_D_PHASES' && partialFill !== 'UNSUPPORTED'
      ? [fault('partialFill', 'the phases of Part D share cost and know no copay of a fill: set it to UNSUPPORTED')]
      : []),
  ];
}
