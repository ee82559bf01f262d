/** Names under which the parts are handed out; the compiler here emits no types for decorators to read. */
export const SETTINGS = Symbol('settings')
export const DATABASE = Symbol('database')
export const VERIFIER = Symbol('verifier')
export const PEOPLE = Symbol('people')
export const DESK = Symbol('desk')
export const CLOCKS = Symbol('clocks')
export const OPENER = Symbol('opener')
export const TEMPORAL = Symbol('temporal')
