/**
 * Text that PostgreSQL's `text` and `jsonb`, and the wire to Temporal, can hold: U+0000 and half a surrogate pair, which they
 * refuse, are shown as U+FFFD. The record itself keeps what was typed.
 */
export const storable = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD')
