import type { EvidenceItem } from '../generated/api/types.gen'
import { isProblem, NO_ANSWER, type Refused } from './problem'
import { leaveToSignIn, UNAUTHENTICATED, whileSignedIn } from './session'

type Uploading = {
  readonly file: File
  /** From 0 to 1, of the bytes that have left. */
  readonly onProgress: (share: number) => void
}

/**
 * One file as a form, as it is: it is not read into the page. By `XMLHttpRequest`, because `fetch` does not tell how far it is.
 * Rejects with the refusal.
 */
export const uploadFile = async (uploading: Uploading): Promise<EvidenceItem> => {
  await whileSignedIn()
  return send(uploading)
}

const send = ({ file, onProgress }: Uploading): Promise<EvidenceItem> =>
  new Promise((done, fail: (refused: Refused) => void) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/evidence-file')
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(loaded / total)
    })
    request.addEventListener('error', () => fail(NO_ANSWER))
    request.addEventListener('load', () => {
      if (request.status === UNAUTHENTICATED) leaveToSignIn()
      const answer: unknown = request.response
      if (request.status === 200) done(answer as EvidenceItem)
      else fail(isProblem(answer) ? answer : NO_ANSWER)
    })
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
