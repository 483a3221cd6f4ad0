/** Keys that would reach an object's prototype; never part of a document. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
/** A text in which such a key may be, spelled out or in escapes; others are read without looking. */
const SUSPECT = /__proto__|constructor|prototype|\\u/;

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * JSON Merge Patch (RFC 7396). No argument is changed; the result shares every subtree that the
 * patch does not touch, so `===` tells what has changed.
 *
 * @param {any} target @param {any} patch @returns {any}
 */
export function applyPatch(target, patch) {
  if (!isObject(patch)) return patch;
  const result = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (FORBIDDEN.has(key)) continue;
    if (value === null) delete result[key];
    else result[key] = applyPatch(Object.hasOwn(result, key) ? result[key] : undefined, value);
  }
  return result;
}

/** JSON without those keys, at any depth. @param {string} text @returns {any} */
export function parse(text) {
  if (!SUSPECT.test(text)) return JSON.parse(text);
  return JSON.parse(text, function (key, value) {
    return FORBIDDEN.has(key) && !Array.isArray(this) ? undefined : value;
  });
}
