import { patched, type Step } from './kustomization.ts';
import type { System } from './system.ts';

/** What has to be true of every overlay. */
export type ManifestRule = {
  readonly rule: string;
  /** One line for each fault. */
  readonly faults: (system: System) => readonly string[];
  /** Faults of the production overlay that have to be noticed, each alone. */
  readonly plants: readonly Plant[];
};

/** A step of a JSON patch on the object of that kind, or on the one of that name where there are several. */
export type Plant = Step & { readonly kind: string; readonly name?: string };

export const planted = ({ resources }: System, { kind, name, ...step }: Plant): System => ({
  resources: resources.map((resource) =>
    resource.kind === kind && (name ?? resource.metadata.name) === resource.metadata.name
      ? patched(resource, [step])
      : resource,
  ),
});

/** The line, where it is one. */
export const unless = (good: boolean, fault: string): readonly string[] => (good ? [] : [fault]);
