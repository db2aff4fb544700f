import type { RegistryFacts } from '../../adapters/registry/registry-facts.ts';
import type { Registry } from '../../adapters/registry/schema-registry.ts';
import { valueSubjects } from '../../wire/topics.ts';
import { clockFinding, failed, type Finding, ok, warning } from './finding.ts';

type Registries = { readonly registry: Registry; readonly facts: RegistryFacts };

/** The schemas of the deployment, and the clock of the server that keeps them. */
export async function registryFindings({ registry, facts }: Registries, prefix: string): Promise<readonly Finding[]> {
  const ahead = await facts.aheadMs();
  const findings: Finding[] = [];
  for (const [record, subject] of valueSubjects(prefix)) {
    const id = await registry.idOf(subject, record);
    findings.push(
      id === null
        ? failed(`schema ${subject}`, `that of ${record} is not registered`, 'adjudicator provision')
        : compatibilityFinding(`schema ${subject}`, id, await facts.compatibilityOf(subject)),
    );
  }
  return [...findings, ...(ahead === null ? [] : [clockFinding('clock of the registry', ahead)])];
}

const WANTED = 'FULL_TRANSITIVE';

const compatibilityFinding = (check: string, id: number, compatibility: string): Finding =>
  compatibility === WANTED
    ? ok(check, `id ${String(id)}, ${compatibility}`)
    : warning(check, `id ${String(id)}, ${compatibility} and not ${WANTED}`, 'adjudicator provision');
