/** Something that may not be, whatever died: what, where, and what was seen. */
export type Violation = { readonly rule: string; readonly where: string; readonly seen: string }

export const violation = (rule: string, where: string, seen: string): Violation => ({ rule, where, seen })
