import { inForce } from '../policy/dated.ts';
import type { Coverage, Enrolment } from '../policy/reference.ts';
import type { ProgrammeRules } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { refuse, type Finding } from './edit.ts';
import type { Person } from './subject.ts';

/** 310-CA and 311-CB have this many characters: a longer name arrives cut. */
const FIRST_NAME_LENGTH = 12;
const LAST_NAME_LENGTH = 15;

/** An edit about a member's record says nothing of a member who is not on file: reject 52 has said it. */
const onFile =
  (check: (coverage: Coverage, person: Person) => Finding | null) =>
  (person: Person): Finding | null =>
    person.context.coverage === null ? null : check(person.context.coverage, person);

/** The plan that makes a person eligible on a day: one of an eligible type is enough, whatever else there is. */
export const eligibleEnrolment = (
  { enrolments }: Coverage,
  { eligibility }: ProgrammeRules,
  day: CalendarDate,
): Enrolment | null =>
  enrolments.find((enrolled) => inForce(enrolled, day) && eligibility.planTypes.includes(enrolled.planType)) ?? null;

export function cardholderId({ claim: { cardholderId: id }, context, rules }: Person): Finding | null {
  if (id !== null && !rules.eligibility.cardholderIdPattern.test(id)) return refuse('07');
  return context.coverage === null ? refuse('52') : null;
}

export const dateOfBirth = onFile((coverage, { claim }) =>
  claim.patient.dateOfBirth === coverage.dateOfBirth ? null : refuse('7D'),
);

/** Exactly the name on the Medicare card: a nickname or a maiden name does not match. */
export const name = onFile((coverage, { claim: { patient } }) => {
  const sameFirst = sameName(patient.patientFirstName, coverage.firstName, FIRST_NAME_LENGTH);
  return sameFirst && sameName(patient.patientLastName, coverage.lastName, LAST_NAME_LENGTH) ? null : refuse('62');
});

const sameName = (sent: string, known: string, length: number): boolean =>
  sent.slice(0, length) === known.toUpperCase().slice(0, length);

/** Part D on the day, by a plan of an eligible type. */
export const enrolment = onFile((coverage, { claim: { dateOfService }, rules }) => {
  const { enrolments } = coverage;
  if (eligibleEnrolment(coverage, rules, dateOfService)) return null;
  if (enrolments.some((enrolled) => inForce(enrolled, dateOfService))) return refuse('65', 'PLAN_TYPE');
  if (enrolments.length === 0) return refuse('65');
  return refuse(enrolments.every(({ effective }) => dateOfService < effective) ? '67' : '69');
});

/** A GLP-1 under Part D leaves no room for the programme (CMS memo of 2026-06-10, questions 7 and 8). */
export const priorPartDGlp1 = onFile((coverage, { claim: { dateOfService }, rules }) => {
  const { calendarYears, rollingDays, reject } = rules.eligibility.priorGlp1;
  // Only what lies before the fill: what Part D pays later does not make this fill wrong.
  const counts = (day: CalendarDate): boolean =>
    day <= dateOfService &&
    (calendarYears.includes(CalendarDate.year(day)) || CalendarDate.daysBetween(day, dateOfService) < rollingDays);
  return coverage.partDGlp1DatesOfService.some(counts) ? refuse(reject) : null;
});
