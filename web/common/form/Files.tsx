import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { uploadFile } from '../../client/upload'
import type { EvidenceItem } from '../../generated/api/types.gen'
import { useNarrow } from '../narrow'
import { ProblemNote } from '../ProblemNote'
import { sizeInWords } from '../size'

type Bound = {
  readonly as: 'items' | 'hashes'
  readonly value?: readonly (EvidenceItem | string)[]
  readonly onChange?: (value: readonly (EvidenceItem | string)[]) => void
  readonly id?: string
}

/** What the interface takes; it looks into each file itself. */
const TAKEN = 'image/*,.pdf,.docx,.xlsx,.pptx,.txt,.csv,.md'

/** How far the file being sent is, in per cent. */
type Sent = { readonly name: string; readonly percent: number }

/** Materials: handed in at once, one after the other, and listed by name; the command carries what the interface gave back. */
export const Files = ({ as, onChange, id }: Bound) => {
  const chooser = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const narrow = useNarrow()
  const kept = useRef<readonly EvidenceItem[]>([])
  const [listed, list] = useState<readonly EvidenceItem[]>([])
  const [sent, show] = useState<Sent>()
  const tell = (items: readonly EvidenceItem[]) => {
    kept.current = items
    list(items)
    onChange?.(as === 'items' ? items : items.map(({ sha256 }) => sha256))
  }
  const sending = useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        const at = (share: number) => show({ name: file.name, percent: Math.floor(share * 100) })
        at(0)
        const item = await uploadFile({ file, onProgress: at })
        // Each stands as soon as it is there: that a later one is refused takes none away.
        if (!kept.current.some(({ sha256 }) => sha256 === item.sha256)) tell([...kept.current, item])
      }
    },
    onSettled: () => show(undefined),
  })
  const take = ({ target }: { readonly target: HTMLInputElement }) => {
    const files = [...(target.files ?? [])]
    target.value = ''
    if (files.length > 0) sending.mutate(files)
  }
  const hidden = { className: 'file-input', type: 'file', tabIndex: -1, onChange: take } as const
  return (
    <div>
      <input ref={chooser} id={id} multiple accept={TAKEN} {...hidden} />
      <Button loading={sending.isPending} onClick={() => chooser.current?.click()}>
        选择文件
      </Button>
      {narrow && (
        <>
          <input ref={camera} aria-label="拍照" accept="image/*" capture="environment" {...hidden} />{' '}
          <Button disabled={sending.isPending} onClick={() => camera.current?.click()}>
            拍照
          </Button>
        </>
      )}
      {sent && (
        <p className="quiet" role="status">
          正在上传 {sent.name} <progress aria-label="上传进度" max={100} value={sent.percent} />{' '}
          {sent.percent}%
        </p>
      )}
      {sending.error && <ProblemNote error={sending.error} />}
      {listed.length > 0 && (
        <ul className="files">
          {listed.map((item) => (
            <li key={item.sha256}>
              <span>
                {item.name} <span className="quiet">{sizeInWords(item.bytes)}</span>
              </span>
              <button
                type="button"
                className="link"
                onClick={() => tell(kept.current.filter(({ sha256 }) => sha256 !== item.sha256))}
              >
                移除
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
