/**
 * Hides what only looks like words of the plan, length unchanged: titles of laws and plans
 * (《…规划(2018—2020年)》) and document numbers (鲁发〔2018〕23号). Their years are no targets (JN-05).
 */
export const hideTitles = (text: string): string =>
  text.replace(/《[^《》]{0,200}》|[〔[［【(（]\d{4}[〕\]］】)）]\d{0,5}号?|\d{4}年第\d{1,4}号/g, (hidden) =>
    '□'.repeat(hidden.length),
  )
