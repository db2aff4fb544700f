export type JsonObject = { readonly [name: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON merge patch (RFC 7396): names the fields that differ; null removes one, a list replaces the whole list. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const before = merged.get(name);
    if (value === null) merged.delete(name);
    else merged.set(name, isObject(value) ? mergePatch(isObject(before) ? before : {}, value) : value);
  }
  return Object.fromEntries(merged);
}

/**
 * A patch of policy, where null is a value: no cap, any group. Everything has to be there, so that nothing is ever removed; an object of
 * another kind, such as another way to share the cost, takes the place of the whole.
 */
export function policyPatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const before = merged.get(name);
    const isOfKind = isObject(value) && isObject(before) && ('kind' in value ? value['kind'] === before['kind'] : true);
    merged.set(name, isOfKind ? policyPatch(before, value) : value);
  }
  return Object.fromEntries(merged);
}
