export type RepeatedKey = { readonly key: string; readonly line: number };

/** A brace, or a whole string with the colon that makes it a key: whatever stands in a string is no brace and no key. */
const TOKEN = /[{}]|"((?:[^"\\]|\\.)*)"(\s*:)?/g;

/** Keys that an object of this JSON has twice. A parser keeps the last one and says nothing, and the first one was meant. */
export function repeatedKeys(json: string): readonly RepeatedKey[] {
  const open: Set<string>[] = [];
  const repeated: RepeatedKey[] = [];
  for (const { 0: token, 1: key = '', 2: colon, index } of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      if (open.at(-1)?.has(key) === true) repeated.push({ key, line: json.slice(0, index).split('\n').length });
      open.at(-1)?.add(key);
    }
  }
  return repeated;
}
