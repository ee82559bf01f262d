import { useEffect, useRef } from 'react'

type Shown = { readonly lines: readonly string[]; readonly lit: readonly [number, number] | undefined }

/** The plan's own lines, numbered as entries point at them; those of the chosen entry are marked and brought into view. */
export const PlanText = ({ lines, lit }: Shown) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!lit) return
    box.current?.querySelector(`[data-line="${lit[0]}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [lit])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by the keyboard, too
    <section ref={box} className="plan-text" aria-label="方案原文" tabIndex={0}>
      {lines.map((text, place) => {
        const n = place + 1
        const isLit = lit !== undefined && n >= lit[0] && n <= lit[1]
        return text.trim() === '' ? null : (
          <p key={n} data-line={n} className={isLit ? 'lit' : ''}>
            <span>{n}</span>
            <span>{text}</span>
          </p>
        )
      })}
    </section>
  )
}
