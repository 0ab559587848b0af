import type ICAL from 'ical.js';

/** The value of a property; undefined when it is absent or no value of its type, for which ical.js throws plain Errors. */
export function readValue(component: ICAL.Component, name: string): unknown {
  try {
    return component.getFirstPropertyValue(name) ?? undefined;
  } catch {
    return undefined;
  }
}
