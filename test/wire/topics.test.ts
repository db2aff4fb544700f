import { expect, test } from 'vitest';

import { topicNames, valueSubjects } from '../../src/wire/topics.ts';

test('the topics of a deployment begin with its prefix', () => {
  expect(topicNames('test1.')).toEqual({
    claims: 'test1.rx.claims.v1',
    responses: 'test1.rx.claim-responses.v1',
    rebateEvents: 'test1.rx.rebate-events.v1',
    accounts: 'test1.rx.member-accounts.v1',
    coverage: 'test1.rx.coverage.v1',
    authorizationRequests: 'test1.rx.prior-authorization-requests.v1',
    priorAuthorizations: 'test1.rx.prior-authorizations.v1',
    participation: 'test1.rx.participation.v1',
    deadLetters: 'test1.rx.claims-dlq.v1',
  });
});

test('every topic has the subject of its value, but for the dead letters', () => {
  expect(Object.fromEntries(valueSubjects(''))).toEqual({
    Claim: 'rx.claims.v1-value',
    ClaimResponse: 'rx.claim-responses.v1-value',
    RebateEvent: 'rx.rebate-events.v1-value',
    MemberAccounts: 'rx.member-accounts.v1-value',
    Coverage: 'rx.coverage.v1-value',
    PriorAuthorizationRequest: 'rx.prior-authorization-requests.v1-value',
    PriorAuthorization: 'rx.prior-authorizations.v1-value',
    Participation: 'rx.participation.v1-value',
  });
});
