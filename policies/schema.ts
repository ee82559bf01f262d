import { z } from 'zod'
import type { Office, Policy } from '../domain/policy.js'
import type { UnitName } from '../domain/words.js'
import { cadence } from './schema/cadence.js'
import { closing } from './schema/closing.js'
import { consequences, instructions } from './schema/consequences.js'
import { classes, handover } from './schema/handover.js'
import { ladder } from './schema/ladder.js'
import { absentOr, list, mapping, text } from './schema/mapping.js'
import { acceptance, accountability, areaLeaders, keyChecks, wholeClass } from './schema/oversight.js'
import { ranking } from './schema/ranking.js'
import { returns } from './schema/returns.js'
import {
  extension,
  inspections,
  lookBack,
  matters,
  opinions,
  petitions,
  referral,
  visits,
} from './schema/watching.js'

const unit = (what: string) => text(what).transform((name) => name as UnitName)

const office = mapping(
  {
    unit: unit('整改办的单位名称,与整改方案中的写法一致'),
    aliases: list(unit('整改办的别名'), '整改方案中对整改办的其他叫法'),
    'document-code': text('发文机关代字'),
    letterhead: text('文书上的发文机关名称'),
  },
  '整改办',
).transform(
  (file): Office => ({
    unit: file.unit,
    aliases: file.aliases,
    documentCode: file['document-code'],
    letterhead: file.letterhead,
  }),
)

/**
 * A policy as its file writes it, once `extends: defaults` has been carried out; reads to the `Policy` of the domain.
 * Every message is Chinese and says what to write.
 */
export const policyFile = mapping(
  {
    extends: z
      .literal('defaults', { error: absentOr('应写作 extends: defaults,没有另写的各项即按通用规则') })
      .describe('从通用规则(policies/defaults.yaml)出发,只写本市不同之处'),
    id: z
      .string({ error: absentOr('代号如 yongzhou') })
      .regex(/^[a-z][a-z0-9-]{0,40}$/, '代号用小写英文字母、数字和连字符,如 yongzhou')
      .describe('代号:小写英文字母、数字和连字符'),
    city: text('城市名称'),
    title: text('这份规则的名称'),
    office,
    handover,
    classes,
    returns,
    ladder,
    closing,
    extension,
    visits: visits.optional(),
    'look-back': lookBack,
    referral,
    matters,
    opinions,
    inspections,
    petitions,
    instructions,
    consequences,
    ranking,
    cadence,
    acceptance: acceptance.optional(),
    accountability: accountability.optional(),
    'key-checks': keyChecks.optional(),
    'area-leaders': areaLeaders.optional(),
    'whole-class': wholeClass.optional(),
  },
  '一个城市的整改规则',
).transform(
  (file): Policy => ({
    id: file.id,
    city: file.city,
    title: file.title,
    office: file.office,
    handover: file.handover,
    classes: file.classes,
    returns: file.returns,
    ladder: file.ladder,
    closing: file.closing,
    extension: file.extension,
    ...(file.visits === undefined ? {} : { visits: file.visits }),
    lookBack: file['look-back'],
    referral: file.referral,
    matters: file.matters,
    opinions: file.opinions,
    inspections: file.inspections,
    petitions: file.petitions,
    instructions: file.instructions,
    consequences: file.consequences,
    ranking: file.ranking,
    cadence: file.cadence,
    ...(file.acceptance && { acceptance: file.acceptance }),
    ...(file.accountability && { accountability: file.accountability }),
    ...(file['key-checks'] && { keyChecks: file['key-checks'] }),
    ...(file['area-leaders'] && { areaLeaders: file['area-leaders'] }),
    ...(file['whole-class'] && { wholeClass: file['whole-class'] }),
  }),
)
