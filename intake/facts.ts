import { type Span, sentencesOf } from './characters.js'
import { type DateMention, datesIn } from './dates.js'
import { dutiesIn } from './duties.js'
import type { Declared } from './expected.js'
import type { Line } from './lines.js'
import { append } from './lists.js'
import { NUMERAL, numberOf } from './numerals.js'
import type { SourceReading } from './source.js'
import type { Cadence, Facts } from './types.js'

type Draft = { -readonly [K in keyof Omit<Facts, 'lines'>]: Facts[K] } & { lines: Record<string, number[]> }

/** What the text says about the round as a whole; every fact keeps the line it was read from. */
export const factsOf = (lines: readonly Line[], source: SourceReading, declared: Declared | null): Facts => {
  const facts: Draft = { lines: {} }
  const cadence: Cadence[] = []
  if (source.documentDate !== null) {
    facts.documentDate = source.documentDate
    if (source.documentDateLine > 0) facts.lines.documentDate = [source.documentDateLine]
  }
  if (declared) {
    facts.declared = declared.words
    facts.lines.declared = [declared.line]
  }
  for (const line of lines) {
    if (!TELLING.test(line.text)) continue
    for (const sentence of sentencesOf(line.text, '。!?！？\n')) {
      const remember: Remember = (fact, value) => {
        if (facts[fact] !== undefined) return
        facts[fact] = value
        facts.lines[fact] = [line.n]
      }
      const merge: Merge = (fact, values) => {
        const known = facts[fact] ?? {}
        if (Object.keys(values).every((key) => key in known)) return
        facts[fact] = { ...values, ...known }
        facts.lines[fact] = [...new Set([...(facts.lines[fact] ?? []), line.n])]
      }
      datesOfRound(sentence, remember, source)
      counts(sentence, remember, merge)
      procedure(sentence, remember)
    }
    append(cadence, cadenceIn(line))
  }
  if (cadence.length > 0) {
    facts.cadence = distinctCadence(cadence)
    facts.lines.cadence = [...new Set(facts.cadence.map(({ line }) => line))]
  }
  return facts
}

type Remember = <K extends Exclude<keyof Draft, 'lines'>>(fact: K, value: NonNullable<Draft[K]>) => void

/** Figures of one kind may stand in several sentences; the first of each stays. */
type Merge = <K extends 'petitions' | 'problems'>(fact: K, values: NonNullable<Draft[K]>) => void

const TELLING = /督察|反馈|信访|问题|移交|调度|通报|交账|讲评|报送|上报|公示|副秘书长|程序|流程|会商|例会/
const N = `([${NUMERAL}]{1,6})`

/** 省第六环境保护督察组入驻…, …向我市反馈督察意见 */
const datesOfRound = ({ text }: Span, remember: Remember, { documentDate }: SourceReading) => {
  if (!/督察/.test(text)) return
  const mentions = datesIn(text, { documentDate })
  for (const [at, mention] of mentions.entries()) {
    const after = text.slice(mention.to, Math.min(mentions[at + 1]?.from ?? text.length, mention.to + 80))
    if (
      mention.start !== null &&
      mention.date !== null &&
      !mention.bareYear &&
      /督察/.test(after) &&
      /入驻|进驻|开展|进行|督察期间|驻/.test(after)
    )
      remember('inspection', { from: mention.start, to: mention.date })
    const feedback = isOneDay(mention) && /^[^。；;]{0,40}?反馈/.test(after)
    if (feedback && mention.date !== null) remember('feedbackDate', mention.date)
  }
}

const isOneDay = ({ start, text }: DateMention): boolean =>
  start === null && /[日号]|\d[-/.]\d{1,2}[-/.]\d/.test(text)

const counts = ({ text }: Span, remember: Remember, merge: Merge) => {
  const handedOver =
    first(
      text,
      `(?:交办|转办|移交|受理|收到)[^,，。；;]{0,24}?(?:信访|举报|投诉)(?:举报|投诉)?(?:件|案件|问题|事项)?${N}[件个批]`,
    ) ?? first(text, `(?:交办|转办|移交)[^,，。；;]{0,16}?${N}[件个批](?:次)?(?:群众)?(?:信访|举报|投诉)`)
  const closed =
    first(text, `${N}件(?:次)?(?:信访|举报|投诉)(?:件|案件|问题)?(?:已)?(?:经)?(?:全部)?(?:办结|办理完毕)`) ??
    first(text, `(?:信访|举报|投诉)[^。；;]{0,40}?(?:已)?办结${N}件`)
  merge('petitions', { ...some('handedOver', handedOver), ...some('closed', closed) })

  const total =
    first(
      text,
      `(?:指出|反馈|梳理|涉及|形成|承接|认领)[^,，。；;]{0,20}?${N}[个项](?:具体|突出)?(?:生态环境)?问题`,
    ) ??
    first(text, `大类${N}[个项](?:具体)?问题`) ??
    first(text, `(?:反馈|承接|认领|涉及)[^,，。；;]{0,12}?问题(?:共)?${N}[个项]`)
  const problems = {
    ...some('total', total),
    ...some('classes', first(text, `${N}(?:大类|个方面|大方面|类)${N}[个项](?:具体)?问题`)),
    ...some('completed', bucket(text, '(?:已)?(?:全部)?完成整改')),
    ...some('early', bucket(text, '(?:已)?提前完成(?:整改)?')),
    ...some('onPace', bucket(text, '(?:已)?(?:达到|符合)序时进度(?:要求)?(?:的)?')),
    ...some('pressed', bucket(text, '(?:正在|需要|需)?(?:加紧|抓紧|加快)(?:推进)?整改')),
  }
  const { completed, early, onPace } = problems
  if ([completed, early, onPace].some((count) => count !== undefined) || (total !== null && total > 1))
    merge('problems', problems)

  const referrals =
    first(text, `移交的?${N}[个件起条](?:[^,，。；;]{0,12})?责任追究`) ??
    first(text, `移交的?责任追究(?:问题|案件|线索)?${N}[个件起条]`)
  if (referrals !== null) remember('referrals', referrals)

  const deputies = !text.includes('副秘书长')
    ? null
    : new RegExp(`([^,，。；;]{2,40}?)(各)?(?:明确|确定|安排|指定)${N}名副秘书长`).exec(text)
  if (deputies) {
    const each = numberOf(deputies[3] ?? '') ?? 0
    const bodies = deputies[2] === undefined ? 1 : (deputies[1] ?? '').split(/[、和]/).length
    remember('deputySecretaries', each * bodies)
  }

  const notice = !text.includes('公示')
    ? null
    : new RegExp(`公示(?:期|时间|期限)?(?:为|不少于|不得少于|一般为|:|：)?${N}个?(工作日|天|日)`).exec(text)
  if (notice) {
    const days = numberOf(notice[1] ?? '')
    if (days !== null)
      remember('noticePeriod', { days, counting: notice[2] === '工作日' ? 'working-days' : 'calendar-days' })
  }
}

/** 19个提前完成整改, or 提前完成整改19个 */
const bucket = (text: string, state: string): number | null =>
  first(text, `${N}[个项](?:问题)?${state}`) ?? first(text, `(?:问题|[,，、;；。]|^)${state}${N}[个项]`)

const some = <K extends string>(key: K, value: number | null): { readonly [P in K]?: number } =>
  (value === null ? {} : { [key]: value }) as { readonly [P in K]?: number }

const compiled = new Map<string, RegExp>()

const first = (text: string, form: string): number | null => {
  const expression = compiled.get(form) ?? new RegExp(form)
  compiled.set(form, expression)
  const hit = expression.exec(text)
  return hit?.[1] === undefined ? null : numberOf(hit[1])
}

/** 按照…“初审、申请、核查、公示、备案”的程序 */
const procedure = ({ text }: Span, remember: Remember) => {
  const hit = /[“"]([^”"]{4,80})[”"](?:的)?(?:程序|流程|步骤)/.exec(text)
  const steps = hit?.[1]?.split(/[、,，→]|——?/).map((step) => step.trim()) ?? []
  if (steps.length >= 3 && /销号|验收|核查|整改/.test(text)) remember('closingProcedure', steps)
}

const RHYTHM = /调度|通报|交账|讲评|报送|上报|会商|例会|点评|督查|报告进展|汇报/

const LONGEST_RHYTHM = 200

const cadenceIn = ({ text, n }: Line): Cadence[] =>
  dutiesIn(text)
    .filter((duty) => duty.text.length <= LONGEST_RHYTHM && RHYTHM.test(duty.text))
    .map(({ text: wording, period }) => {
      const day = /每周(?:星期)?([一二三四五六日天])/.exec(wording)?.[1]
      const weekday = day === undefined ? null : '一二三四五六日'.indexOf(day === '天' ? '日' : day) + 1
      return { text: wording, period, ...(weekday === null ? {} : { weekday }), line: n }
    })

const distinctCadence = (cadence: readonly Cadence[]): Cadence[] => [
  ...new Map(cadence.map((each) => [`${each.period}${each.text}`, each])).values(),
]
