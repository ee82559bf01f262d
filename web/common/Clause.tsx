/** The clause something follows from. */
export const Clause = ({ of }: { readonly of: string }) => <span className="clause">依据 {of}</span>
