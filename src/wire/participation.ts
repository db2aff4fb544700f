import type { ParticipantType, Participation } from '../policy/reference.ts';
import type { ParticipationRecord } from './records.ts';
import { isSpan, readSpan } from './span.ts';

const TYPES = { PHARMACY: true, PRESCRIBER: true, STATE: true, LABELER: true } satisfies Record<ParticipantType, true>;

const STATUSES = {
  ACTIVE: true,
  SUSPENDED: true,
  TERMINATED: true,
  PRECLUDED: true,
  ORGANIZATION_NPI: true,
} satisfies Record<Participation['status'], true>;

/** Whether the record says what this version can work with: a word that it does not know might mean "no". */
export const isSoundParticipation = (record: ParticipationRecord): boolean =>
  Object.hasOwn(TYPES, record.participantType) && Object.hasOwn(STATUSES, record.status) && isSpan(record);

/** From a record that the decoder has let through. */
export const readParticipation = (record: ParticipationRecord): Participation =>
  ({ ...record, ...readSpan(record) }) as Participation;
