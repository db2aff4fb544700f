/** Hears of every value that is read, at any depth; what is in a list has the path of the list with brackets. */
export function watched<T>(value: T, hear: (path: string) => void, path = ''): T {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  return new Proxy(value, {
    get: (target, name) => {
      const inner: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || typeof inner === 'function') return inner;
      if (Array.isArray(target)) return name === 'length' ? inner : watched(inner, hear, `${path}[]`);
      const at = path === '' ? name : `${path}.${name}`;
      if (!hasParts(inner)) hear(at);
      return watched(inner, hear, at);
    },
  });
}

/** An object, or a list of objects: then a part of it is what is looked at. */
const hasParts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof RegExp) &&
  (!Array.isArray(value) || value.some(hasParts));
