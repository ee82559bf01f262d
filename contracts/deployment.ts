/** The name under which Temporal knows our workers, whatever their version. */
export const DEPLOYMENT = 'bihuan'
