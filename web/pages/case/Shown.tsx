import { sizeInWords } from '../../common/size'
import type { ActForm } from '../../generated/api/types.gen'

/** What is to be seen before an act is decided, on the same screen as its form: as the interface lists it. */
export const Shown = ({ of: { facts, files } }: { readonly of: NonNullable<ActForm['shown']> }) => (
  <div className="shown">
    <dl>
      {facts.map(({ title, text }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {files && (
        <div>
          <dt>材料</dt>
          <dd>
            {files.length === 0
              ? '没有材料'
              : files.map(({ name, bytes, href }) => (
                  <div key={href}>
                    <a href={href}>{name}</a> <span className="quiet">{sizeInWords(bytes)}</span>
                  </div>
                ))}
          </dd>
        </div>
      )}
    </dl>
  </div>
)
