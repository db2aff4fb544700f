import { isObject } from '../adapters/files/merge-patch.ts';
import type { RawPolicy } from '../adapters/files/policy-bundle.ts';
import type { PolicyBundle, Programme } from '../policy/policy-bundle.ts';
import type { CalendarDate } from '../values/calendar-date.ts';

/** What is in a bundle, for whoever wants to see that it is all there. */
export type PolicySummary = {
  readonly version: string;
  readonly programmes: readonly ProgrammeSummary[];
  readonly files: readonly FileSummary[];
};

type ProgrammeSummary = {
  readonly id: string;
  readonly route: string;
  /** Null while the programme is dormant. */
  readonly effective: CalendarDate | null;
  readonly terminated: CalendarDate | null;
  readonly versions: number;
  readonly covered: number;
  readonly notCovered: number;
};

type FileSummary = { readonly file: string; readonly entries: number; readonly products: number };

export function summaryOf(bundle: PolicyBundle, raw: RawPolicy): PolicySummary {
  const routed = [...bundle.programmes].flatMap(([bin, byPcn]) =>
    [...byPcn].map(([pcn, programme]) => programmeSummary(programme, `BIN ${bin} PCN ${pcn}`)),
  );
  return { version: bundle.version, programmes: routed, files: Object.entries(raw).map(fileSummary) };
}

function programmeSummary({ id, versions, listings }: Programme, route: string): ProgrammeSummary {
  const covered = [...listings.values()].filter((entries) => entries.some((entry) => entry.covered)).length;
  const ends = versions.map(({ terminated }) => terminated);
  return {
    id,
    route,
    effective: versions.map(({ effective }) => effective).sort()[0] ?? null,
    terminated: ends.includes(null) ? null : (ends.sort().at(-1) ?? null),
    versions: versions.length,
    covered,
    notCovered: listings.size - covered,
  };
}

/** Any document is lists, or names with something behind each, beside notes; products are whatever is written like an NDC. */
function fileSummary([file, document]: readonly [string, unknown]): FileSummary {
  const parts = isObject(document) ? Object.values(document) : [];
  const sizes = parts.map((part) =>
    Array.isArray(part) ? part.length : isObject(part) ? Object.keys(part).length : 0,
  );
  const ndcs = JSON.stringify(document).match(/"\d{11}"/g) ?? [];
  return { file, entries: sizes.reduce((sum, size) => sum + size, 0), products: new Set(ndcs).size };
}
