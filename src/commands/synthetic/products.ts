/** What the synthetic pharmacies dispense: one package each, quantities in thousandths, costs in cents. */
export type SyntheticProduct = {
  readonly ndc: string;
  readonly quantity: number;
  readonly unitOfMeasure: 'EA' | 'ML';
  readonly daysSupply: 28 | 30;
  readonly cost: number;
};

/** A drug family with its strengths in the order in which a member climbs them. */
export type Ladder = {
  readonly family: string;
  readonly strengths: readonly [SyntheticProduct, ...SyntheticProduct[]];
};

const pens = (ndc: string, quantity: number): SyntheticProduct => ({
  ndc,
  quantity,
  unitOfMeasure: 'ML',
  daysSupply: 28,
  cost: 134_902,
});
const kwikPen = (ndc: string): SyntheticProduct => ({ ...pens(ndc, 2_400), cost: 108_600 });
const tablets = (ndc: string): SyntheticProduct => ({
  ndc,
  quantity: 30_000,
  unitOfMeasure: 'EA',
  daysSupply: 30,
  cost: 64_900,
});

export const LADDERS: readonly [Ladder, ...Ladder[]] = [
  {
    family: 'WEGOVY',
    strengths: [
      pens('00169452514', 2_000),
      pens('00169450514', 2_000),
      pens('00169450114', 2_000),
      pens('00169451714', 3_000),
      pens('00169452414', 3_000),
    ],
  },
  { family: 'ZEPBOUND', strengths: [kwikPen('00002356611'), kwikPen('00002355511'), kwikPen('00002354411')] },
  { family: 'FOUNDAYO', strengths: [tablets('00002417831'), tablets('00002450331'), tablets('00002479431')] },
];

/** A vial of Zepbound: on file, and not covered. */
export const NOT_COVERED_NDC = '00002134004';
export const UNKNOWN_NDC = '00169999999';
