import { isObject, mergePatch, type JsonObject } from '../adapters/files/merge-patch.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { Json } from '../wire/json.ts';
import { TOPICS } from '../wire/topics.ts';
import { fileDesk, type FileDesk } from './file-desk.ts';
import { BadScenario, type ScenarioBase, type ScenarioGiven } from './scenario-format.ts';

type Person = { readonly coverage: JsonObject; readonly authorizations: JsonObject };

/** What is known of people and parties while a case runs, as JSON, so that a later step can change it. */
export type World = {
  readonly member: Person;
  readonly others: ReadonlyMap<string, Person>;
  readonly participation: JsonObject;
};

export const worldOf = ({ member, participation }: ScenarioBase): World => ({
  member,
  others: new Map(),
  participation,
});

export function changed(world: World, given: ScenarioGiven = {}): World {
  const member = changedPerson(world.member, given.member);
  const others = new Map(world.others);
  for (const [name, change] of Object.entries(given.otherMembers ?? {})) {
    others.set(name, changedPerson(others.get(name) ?? member, change));
  }
  return { member, others, participation: mergePatch(world.participation, given.participation ?? {}) };
}

const changedPerson = (
  person: Person,
  { coverage = {}, authorizations = {} }: ScenarioGiven['member'] = {},
): Person => ({
  coverage: mergePatch(person.coverage, coverage),
  authorizations: mergePatch(person.authorizations, authorizations),
});

/** The prior authorizations of a person by their names in the case. Throws BadScenario where nobody has the cardholder id. */
export function authorizationsOf({ member, others }: World, cardholderId: string): JsonObject {
  const person = [member, ...others.values()].find(({ coverage }) => coverage['cardholderId'] === cardholderId);
  if (!person) throw new BadScenario('the request is for a cardholder whom nobody is');
  return person.authorizations;
}

export function withAuthorizations(world: World, cardholderId: string, authorizations: JsonObject): World {
  const put = (person: Person): Person =>
    person.coverage['cardholderId'] === cardholderId ? { ...person, authorizations } : person;
  const others = [...world.others].map(([name, person]) => [name, put(person)] as const);
  return { ...world, member: put(world.member), others: new Map(others) };
}

/** A desk that knows this world and these accounts, through the same records as on the topics. Throws BadScenario. */
export function deskOf(world: World, accounts: readonly Json[], policy: PolicyBundle): FileDesk {
  const desk = fileDesk(policy);
  const people = [world.member, ...world.others.values()];
  const parties = Object.values(world.participation).map((value) => ({ topic: TOPICS.participation.name, value }));
  for (const line of [...people.flatMap(linesOf), ...parties, ...accounts]) {
    const problems = desk.learn(line);
    if (problems.length > 0) throw new BadScenario(problems.join('; '));
  }
  return desk;
}

const linesOf = ({ coverage, authorizations }: Person) => [
  { topic: TOPICS.coverage.name, value: coverage },
  {
    topic: TOPICS.priorAuthorizations.name,
    cardholderId: coverage['cardholderId'],
    value: { authorizations: Object.values(authorizations).filter(isObject) },
  },
];
