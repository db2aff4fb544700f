import { describe } from 'vitest';

import { aParticipation, day, PHARMACY, PRESCRIBER, type Given } from '../builders.ts';
import { rows, rules } from './rows.ts';

const pharmacy = (changes: Parameters<typeof aParticipation>[0]): Given => ({ parties: [aParticipation(changes)] });
const prescriber = (changes: Parameters<typeof aParticipation>[0]): Given =>
  pharmacy({ participantType: 'PRESCRIBER', participantId: PRESCRIBER, ...changes });

describe('the pharmacy and the prescriber are answered with', () => {
  rows(
    ['827', 'the pharmacy is suspended', {}, pharmacy({ status: 'SUSPENDED' })],
    ['P', 'its suspension begins the day after', {}, pharmacy({ status: 'SUSPENDED', effective: day('2026-08-04') })],
    ['P', 'its suspension ended the day before', {}, pharmacy({ status: 'SUSPENDED', terminated: day('2026-08-02') })],
    ['877', 'the pharmacy is terminated', {}, pharmacy({ status: 'TERMINATED' })],
    ['40', 'the pharmacy is precluded', {}, pharmacy({ status: 'PRECLUDED' })],
    ['P', 'the pharmacy has an NPI of an organization', {}, pharmacy({ status: 'ORGANIZATION_NPI' })],
    ['P', 'another pharmacy is suspended', {}, pharmacy({ participantId: '1999999992', status: 'SUSPENDED' })],
    ['40', 'the policy wants a record and there is none', {}, rules({ participation: { unlistedPharmacy: 'REJECT' } })],
    [
      'P',
      'the policy wants a record and there is one',
      {},
      { ...rules({ participation: { unlistedPharmacy: 'REJECT' } }), ...pharmacy({}) },
    ],
    [
      '40',
      'the record ended the day before',
      {},
      { ...rules({ participation: { unlistedPharmacy: 'REJECT' } }), ...pharmacy({ terminated: day('2026-08-02') }) },
    ],
    ['71', 'the prescriber is precluded', {}, prescriber({ status: 'PRECLUDED' })],
    ['619', 'the NPI is that of an organization', {}, prescriber({ status: 'ORGANIZATION_NPI' })],
    [
      'P',
      'the NPI is that of an organization and the policy takes it',
      {},
      {
        ...rules({ participation: { organizationPrescriber: 'ALLOW' } }),
        ...prescriber({ status: 'ORGANIZATION_NPI' }),
      },
    ],
    [
      '71',
      'the policy wants a record of prescribers and there is none',
      {},
      rules({ participation: { unlistedPrescriber: 'REJECT' } }),
    ],
    [
      '827',
      'the prescriber, too, is precluded',
      {},
      {
        parties: [
          aParticipation({ status: 'SUSPENDED' }),
          aParticipation({ participantType: 'PRESCRIBER', participantId: PRESCRIBER, status: 'PRECLUDED' }),
        ],
      },
    ],
    [
      'P',
      'a pharmacy has the number of a precluded prescriber',
      { serviceProviderId: PHARMACY },
      prescriber({ participantId: PHARMACY, status: 'PRECLUDED' }),
    ],
  );
});
