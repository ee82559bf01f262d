/** Where a rule has no document behind it but was set by the office, its source is written as a parameter. */
const inWords = (of: string): string =>
  of === 'parameter' ? '整改办拟定' : of.replace(/\(parameter[::]?/, '(')

/** The clause something follows from. */
export const Clause = ({ of }: { readonly of: string }) => <span className="clause">依据 {inWords(of)}</span>
