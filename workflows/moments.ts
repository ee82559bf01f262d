import { due } from '../domain/decider.js'
import type { Instant } from '../domain/words.js'
import type { Book } from './book.js'

/** Everything due up to `until` happens, in one batch. @returns how many events that made. */
export const tellDue = (book: Book, until: Instant): number => {
  const before = book.head.seq
  while (book.state && book.next !== undefined && book.next <= until)
    book.keep(due(book.rules, book.state, until))
  return book.head.seq - before
}
