/** What the global setups give to the test files, by `inject('…')`. */
declare module 'vitest' {
  interface ProvidedContext {
    /** Project `server`: a connection string of a role that may create databases. */
    databaseUrl: string
    /** Project `server`: the name of the migrated database that others are copied from. */
    templateDatabase: string
    /** Project `server`: `host:port` of a real Temporal server with the search attributes of cases. */
    temporalAddress: string
    /** Project `workflow`: the executable of Temporal's test server with skipped time. */
    skippingServer: string
    /** Project `workflow`: the file of the workflows' bundle, made once. */
    workflowBundle: string
  }
}

export {}
