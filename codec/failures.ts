import { DefaultFailureConverter } from '@temporalio/common'

/** Words and stack of a failure go into a payload: encrypted like any other, and no clear text beside it. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
