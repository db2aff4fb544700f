import { REJECTS } from '../../claims/reject-codes.ts';
import { CalendarDate } from '../../values/calendar-date.ts';
import { Money } from '../../values/money.ts';
import type { ClaimRecord, ClaimResponseRecord } from '../../wire/records.ts';
import type { Answered } from './evidence.ts';
import type { Planted } from './planted.ts';

/** What a claim moved, as text such as `50.00`; negative where a reversal gives it back. */
export type Legs = {
  readonly pharmacyIsPaid: string;
  readonly patientPays: string;
  readonly manufacturerOwes: string;
};

export type PlantedAnswer = {
  readonly transactionCode: string | null;
  readonly dateOfService: string | null;
  /** 112-AN; null when there is no answer. */
  readonly status: string | null;
  readonly rejects: readonly { readonly code: string; readonly message: string }[];
  /** Null when nothing moved. */
  readonly legs: Legs | null;
  readonly flags: readonly string[];
};

export type PlantedCase = { readonly id: string; readonly why: string; readonly answers: readonly PlantedAnswer[] };

export function plantedCases(planted: readonly Planted[], answered: readonly Answered[]): readonly PlantedCase[] {
  const answers = new Map(answered.map((answer) => [answer.response.transmissionId, answer]));
  return planted.map(({ id, why, claims }) => ({
    id,
    why,
    answers: claims.map((claim) => plantedAnswer(claim, answers.get(claim.transmissionId))),
  }));
}

const plantedAnswer = (claim: ClaimRecord, answer: Answered | undefined): PlantedAnswer => ({
  transactionCode: claim.transactionCode,
  dateOfService: claim.dateOfService === null ? null : CalendarDate.ofEpochDay(claim.dateOfService),
  status: answer?.response.transactionResponseStatus ?? null,
  rejects: answer?.response.rejects.map(({ rejectCode, message }) => ({ code: rejectCode, message })) ?? [],
  legs: answer ? legsOf(answer) : null,
  flags: answer?.response.flags ?? [],
});

function legsOf({ response, rebateEvents }: Answered): Legs | null {
  const { transactionResponseStatus: status, pricing } = response;
  if (status === 'P' && pricing)
    return legs(pricing.totalAmountPaid, pricing.patientPayAmount, pricing.manufacturerOwedAmount);
  const [reversal] = rebateEvents;
  return status === 'A' && reversal
    ? legs(reversal.totalAmountPaid, reversal.patientPayAmount, reversal.rebateAmount)
    : null;
}

const legs = (pharmacy: number, patient: number, manufacturer: number): Legs => ({
  pharmacyIsPaid: Money.toText(Money.ofCents(pharmacy)),
  patientPays: Money.toText(Money.ofCents(patient)),
  manufacturerOwes: Money.toText(Money.ofCents(manufacturer)),
});

export type Count = { readonly code: string; readonly count: number };

/** Answers by status (112-AN), the most frequent first. */
export const statusCounts = (responses: readonly ClaimResponseRecord[]): readonly Count[] =>
  counted(responses.map(({ transactionResponseStatus }) => transactionResponseStatus));

/** Reject codes (511-FB) with what they mean, the most frequent first. */
export const rejectCounts = (
  responses: readonly ClaimResponseRecord[],
): readonly (Count & { readonly text: string })[] =>
  counted(responses.flatMap(({ rejects }) => rejects.map(({ rejectCode }) => rejectCode))).map((count) => ({
    ...count,
    text: REJECTS.find(({ code }) => code === count.code)?.text ?? '',
  }));

function counted(codes: readonly string[]): readonly Count[] {
  const groups = Map.groupBy(codes, (code) => code);
  return [...groups].map(([code, all]) => ({ code, count: all.length })).sort((a, b) => b.count - a.count);
}
