import { priorAuthorization } from './authorization-edits.ts';
import { duplicate, group, managedCare, otherCoverage, primaryCoverage, unpaidCopay } from './claim-edits.ts';
import type { Edit, Stage } from './edit.ts';
import { cardholderId, dateOfBirth, enrolment, name, priorPartDGlp1 } from './eligibility-edits.ts';
import {
  completion,
  dispensingStatus,
  intendedDaysSupply,
  intendedQuantity,
  severalParts,
} from './partial-fill-edits.ts';
import { age, coveredDrug, diagnosis, lifestyleSupport, productOnFile } from './product-edits.ts';
import { labeler, pharmacy, prescriber } from './provider-edits.ts';
import { refillsAuthorized, refillTooSoon } from './refill-edits.ts';
import type { Billing, Person } from './subject.ts';
import { daysSupply, quantity } from './supply-edits.ts';
import { postDated, timelyFiling } from './timeliness-edits.ts';

/** Who somebody is: asked of a billing and of an eligibility question (E1). */
const PERSON: readonly Edit<Person>[] = [
  {
    edit: 'CARDHOLDER_ID',
    codes: ['07', '52'],
    check: cardholderId,
    looksAt: ['cardholderId', 'coverage: member'],
    decidedBy: ['eligibility.cardholderIdPattern'],
  },
  {
    edit: 'DATE_OF_BIRTH',
    codes: ['7D'],
    check: dateOfBirth,
    looksAt: ['dateOfBirth', 'coverage: birth date'],
    decidedBy: [],
  },
  {
    edit: 'NAME',
    codes: ['62'],
    check: name,
    looksAt: ['patientFirstName', 'patientLastName', 'coverage: names'],
    decidedBy: [],
  },
  {
    edit: 'ENROLMENT',
    codes: ['65', '67', '69'],
    check: enrolment,
    looksAt: ['dateOfService', 'coverage: enrolments'],
    decidedBy: ['eligibility.planTypes'],
  },
];

/** The edits of an eligibility question. */
export const ELIGIBILITY_SHEET: readonly Stage<Person>[] = [{ stage: 'ELIGIBILITY', edits: PERSON }];

/**
 * The edits of a billing, in the order in which they are asked (BIN, PCN and programme dates come before: see `route`).
 * A stage tells all of its rejects, at most five; the next stage is asked only about claims that survived.
 *
 * Timeliness stands before the duplicate, so that a fill older than the filing window is never looked for: it may be forgotten.
 */
export const PAYER_SHEET: readonly Stage<Billing>[] = [
  {
    stage: 'GROUP',
    edits: [{ edit: 'GROUP', codes: ['51'], check: group, looksAt: ['groupId'], decidedBy: ['groupIds'] }],
  },
  {
    stage: 'TIMELINESS',
    edits: [
      {
        edit: 'POST_DATED',
        codes: ['82'],
        check: postDated,
        looksAt: ['dateOfService', 'receivedAt'],
        decidedBy: ['timeliness.firstUtcOffsetHours'],
      },
      {
        edit: 'TIMELY_FILING',
        codes: ['81'],
        check: timelyFiling,
        looksAt: ['dateOfService', 'receivedAt'],
        decidedBy: ['timeliness.filingDays', 'timeliness.lastUtcOffsetHours'],
      },
    ],
  },
  {
    stage: 'DUPLICATE',
    edits: [
      {
        edit: 'DUPLICATE',
        codes: ['83'],
        check: duplicate,
        looksAt: [
          'binNumber',
          'processorControlNumber',
          'serviceProviderId',
          'prescriptionServiceReferenceNumber',
          'fillNumber',
          'dispensingStatus',
          'dateOfService',
          'contentDigest',
          'transmissionId',
          'accounts: fills',
        ],
        decidedBy: [],
      },
    ],
  },
  {
    stage: 'ELIGIBILITY',
    edits: [
      ...PERSON,
      {
        edit: 'PRIOR_PART_D_GLP1',
        codes: ['41', '620'],
        check: priorPartDGlp1,
        looksAt: ['dateOfService', 'coverage: GLP-1 fills under Part D'],
        decidedBy: [
          'eligibility.priorGlp1.calendarYears',
          'eligibility.priorGlp1.rollingDays',
          'eligibility.priorGlp1.reject',
        ],
      },
    ],
  },
  {
    stage: 'OTHER_COVERAGE',
    edits: [
      {
        edit: 'PRIMARY_COVERAGE',
        codes: ['41', '620', '621'],
        check: primaryCoverage,
        looksAt: ['dateOfService', 'coverage: enrolments'],
        decidedBy: ['otherCoverage.primaryPlanTypes', 'otherCoverage.primaryReject'],
      },
      {
        edit: 'MANAGED_CARE',
        codes: ['AF'],
        check: managedCare,
        looksAt: ['dateOfService', 'receivedAt', 'productServiceId', 'coverage: enrolments'],
        decidedBy: ['otherCoverage.managedCarePlanTypes', 'listings[].carvedOut'],
      },
      {
        edit: 'OTHER_COVERAGE',
        codes: ['7M', '13'],
        check: otherCoverage,
        looksAt: ['otherCoverageCode'],
        decidedBy: ['otherCoverage.acceptedCodes', 'otherCoverage.coupon', 'otherCoverage.reject'],
      },
    ],
  },
  {
    stage: 'PHARMACY',
    edits: [
      {
        edit: 'PHARMACY',
        codes: ['827', '877', '40'],
        check: pharmacy,
        looksAt: ['serviceProviderId', 'dateOfService', 'participation: pharmacy'],
        decidedBy: ['participation.unlistedPharmacy'],
      },
    ],
  },
  {
    stage: 'PRESCRIBER',
    edits: [
      {
        edit: 'PRESCRIBER',
        codes: ['619', '71'],
        check: prescriber,
        looksAt: ['prescriberId', 'dateOfService', 'participation: prescriber'],
        decidedBy: ['participation.unlistedPrescriber', 'participation.organizationPrescriber'],
      },
    ],
  },
  {
    stage: 'PRODUCT',
    edits: [
      {
        edit: 'PRODUCT_ON_FILE',
        codes: ['54', '77'],
        check: productOnFile,
        looksAt: ['productServiceId', 'dateOfService', 'receivedAt'],
        decidedBy: ['products[].packages[].ndc'],
      },
      {
        edit: 'LABELER',
        codes: ['AC'],
        check: labeler,
        looksAt: ['productServiceId', 'dateOfService', 'participation: labeler'],
        decidedBy: ['participation.unlistedLabeler'],
      },
      {
        edit: 'COVERED_DRUG',
        codes: ['645', '70', '831', '54'],
        check: coveredDrug,
        looksAt: ['productServiceId', 'dateOfService', 'receivedAt', 'compoundCode', 'participation: models'],
        decidedBy: [
          'products[].repackaged',
          'listings[].covered',
          'listings[].reject',
          'listings[].reason',
          'listings[].model',
          'rebates[].model',
          'rebates[].participants',
        ],
      },
    ],
  },
  {
    stage: 'CLINICAL',
    edits: [
      {
        edit: 'AGE',
        codes: ['60'],
        check: age,
        looksAt: ['dateOfBirth', 'dateOfService', 'productServiceId'],
        decidedBy: ['clinical.ageMin', 'clinical.labelAge', 'products[].labelAgeMin'],
      },
      {
        edit: 'DIAGNOSIS',
        codes: ['80'],
        check: diagnosis,
        looksAt: ['diagnosisCodes'],
        decidedBy: ['clinical.conflictingDiagnoses', 'clinical.onConflict'],
      },
      {
        edit: 'LIFESTYLE_SUPPORT',
        codes: ['70'],
        check: lifestyleSupport,
        looksAt: ['coverage: lifestyle support'],
        decidedBy: ['clinical.lifestyleDeclined'],
      },
    ],
  },
  {
    stage: 'PRIOR_AUTHORIZATION',
    edits: [
      {
        edit: 'PRIOR_AUTHORIZATION',
        codes: ['75', '64', '3W', '3Y', 'PA'],
        check: priorAuthorization,
        looksAt: ['productServiceId', 'dateOfService', 'receivedAt', 'prior authorizations'],
        decidedBy: [
          'products[].drugFamily',
          'products[].dosageForm',
          'products[].packages[].ndc',
          'priorAuthorization.required',
          'priorAuthorization.scope',
          'priorAuthorization.otherDrug',
        ],
      },
    ],
  },
  {
    stage: 'DISPENSING',
    edits: [
      {
        edit: 'DISPENSING_STATUS',
        codes: ['RK'],
        check: dispensingStatus,
        looksAt: ['dispensingStatus'],
        decidedBy: ['partialFill'],
      },
    ],
  },
  {
    stage: 'PARTIAL_FILL',
    edits: [
      {
        edit: 'INTENDED_QUANTITY',
        codes: ['7T', 'RN'],
        check: intendedQuantity,
        looksAt: ['dispensingStatus', 'quantityDispensed', 'quantityIntendedToBeDispensed'],
        decidedBy: [],
      },
      {
        edit: 'INTENDED_DAYS_SUPPLY',
        codes: ['7U', 'RN'],
        check: intendedDaysSupply,
        looksAt: ['dispensingStatus', 'daysSupply', 'daysSupplyIntendedToBeDispensed'],
        decidedBy: [],
      },
      {
        edit: 'SEVERAL_PARTS',
        codes: ['RB'],
        check: severalParts,
        looksAt: [
          'dispensingStatus',
          'dateOfService',
          'serviceProviderId',
          'prescriptionServiceReferenceNumber',
          'fillNumber',
          'accounts: fills',
        ],
        decidedBy: [],
      },
      {
        edit: 'COMPLETION',
        codes: ['RJ', 'RF', 'RM', 'RC', 'RN'],
        check: completion,
        looksAt: [
          'dispensingStatus',
          'serviceProviderId',
          'prescriptionServiceReferenceNumber',
          'fillNumber',
          'associatedPrescriptionServiceReferenceNumber',
          'associatedPrescriptionServiceDate',
          'dateOfService',
          'productServiceId',
          'quantityDispensed',
          'quantityIntendedToBeDispensed',
          'accounts: fills',
        ],
        decidedBy: [],
      },
    ],
  },
  {
    stage: 'DAYS_SUPPLY',
    edits: [
      {
        edit: 'DAYS_SUPPLY',
        codes: ['7X', '891', 'AG'],
        check: daysSupply,
        looksAt: ['daysSupply', 'daysSupplyIntendedToBeDispensed', 'productServiceId'],
        decidedBy: ['supply.daysAllowed', 'supply.daysBy', 'products[].daysSupply'],
      },
    ],
  },
  {
    stage: 'QUANTITY',
    edits: [
      {
        edit: 'QUANTITY',
        codes: ['9E', '76', '9G'],
        check: quantity,
        looksAt: [
          'quantityDispensed',
          'quantityIntendedToBeDispensed',
          'unitOfMeasure',
          'daysSupply',
          'daysSupplyIntendedToBeDispensed',
          'productServiceId',
        ],
        decidedBy: [
          'products[].packages[].packageQuantity',
          'products[].unitOfMeasure',
          'products[].breakable',
          'supply.packageSplit',
          'supply.packagesPerMonth',
          'supply.overQuantity',
          'supply.monthlySupplies[].daysMax',
          'supply.monthlySupplies[].months',
        ],
      },
    ],
  },
  {
    stage: 'REFILL',
    edits: [
      {
        edit: 'REFILLS_AUTHORIZED',
        codes: ['7W'],
        check: refillsAuthorized,
        looksAt: ['fillNumber', 'numberOfRefillsAuthorized'],
        decidedBy: [],
      },
      {
        edit: 'REFILL_TOO_SOON',
        codes: ['79'],
        check: refillTooSoon,
        looksAt: [
          'dateOfService',
          'daysSupply',
          'dispensingStatus',
          'productServiceId',
          'submissionClarificationCodes',
          'accounts: fills',
          'prior authorizations',
        ],
        decidedBy: [
          'products[].drugFamily',
          'refill.thresholdPercent',
          'refill.countsOnHand',
          'refill.overrideCodes',
          'refill.doseChange',
        ],
      },
    ],
  },
  {
    stage: 'COST_SHARE',
    edits: [{ edit: 'UNPAID_COPAY', codes: [], check: unpaidCopay, looksAt: ['coverage: income'], decidedBy: [] }],
  },
];
