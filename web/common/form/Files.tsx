import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { uploadEvidence } from '../../generated/api/sdk.gen'
import type { EvidenceItem } from '../../generated/api/types.gen'
import { base64Of } from '../base64'
import { ProblemNote } from '../ProblemNote'

type Bound = {
  readonly as: 'items' | 'hashes'
  readonly value?: readonly (EvidenceItem | string)[]
  readonly onChange?: (value: readonly (EvidenceItem | string)[]) => void
  readonly id?: string
}

const upload = async (file: File): Promise<EvidenceItem> => {
  const { data } = await uploadEvidence({
    body: {
      name: file.name,
      mediaType: file.type === '' ? 'application/octet-stream' : file.type,
      content: await base64Of(file),
    },
    throwOnError: true,
  })
  return data
}

const sizeInWords = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`

/** Materials: handed in at once, one after the other, and listed by name; the command carries what the interface gave back. */
export const Files = ({ as, onChange, id }: Bound) => {
  const chooser = useRef<HTMLInputElement>(null)
  const [kept, keep] = useState<readonly EvidenceItem[]>([])
  const tell = (items: readonly EvidenceItem[]) => {
    keep(items)
    onChange?.(as === 'items' ? items : items.map(({ sha256 }) => sha256))
  }
  const sending = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const sent: EvidenceItem[] = []
      for (const file of files) sent.push(await upload(file))
      return sent
    },
    onSuccess: (sent) => {
      const known = new Set(kept.map(({ sha256 }) => sha256))
      tell([...kept, ...sent.filter(({ sha256 }) => !known.has(sha256))])
    },
  })
  return (
    <div>
      <input
        ref={chooser}
        id={id}
        className="file-input"
        type="file"
        multiple
        tabIndex={-1}
        onChange={({ target }) => {
          sending.mutate([...(target.files ?? [])])
          target.value = ''
        }}
      />
      <Button loading={sending.isPending} onClick={() => chooser.current?.click()}>
        {sending.isPending ? '正在上传' : '选择文件'}
      </Button>
      {sending.error && <ProblemNote error={sending.error} />}
      {kept.length > 0 && (
        <ul className="files">
          {kept.map((item) => (
            <li key={item.sha256}>
              <span>
                {item.name} <span className="quiet">{sizeInWords(item.bytes)}</span>
              </span>
              <button
                type="button"
                className="link"
                onClick={() => tell(kept.filter(({ sha256 }) => sha256 !== item.sha256))}
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
