import type { ClassRules, HandoverRules } from '../../domain/policy.js'
import { list, mapping } from './mapping.js'
import { source } from './sources.js'
import { span } from './spans.js'
import { FIELD_TITLES, NEED_TITLES, PARTY_TITLES, STAGE_TITLES, word } from './words.js'

const requirement = mapping(
  { field: word(FIELD_TITLES, '交办前须填的栏目'), source: source('CD-01') },
  '交办前须填的一栏',
).transform(({ field, source }) => ({ field, ...source }))

const separation = mapping(
  { party: word(PARTY_TITLES, '不得兼任责任单位的一方'), source: source('GN-08') },
  '责任单位不得兼任的一方',
).transform(({ party, source }) => ({ party, ...source }))

const condition = mapping(
  { need: word(NEED_TITLES, '动工整改前须有'), source: source('YZ-02') },
  '动工整改前须备的一项',
).transform(({ need, source }) => ({ need, ...source }))

const acknowledge = mapping({ within: span('签收期限'), source: source('HH-13') }, '签收').transform(
  ({ within, source }) => ({ ...within, ...source }),
)
const casePlan = mapping(
  { within: span('报送整改方案的期限'), source: source('YZ-02') },
  '整改方案',
).transform(({ within, source }) => ({ ...within, ...source }))

export const handover = mapping(
  {
    requires: list(requirement, '交办前须填的栏目'),
    apart: list(separation, '责任单位不得兼任的各方'),
    acknowledge,
    'case-plan': casePlan,
    'before-start': list(condition, '动工整改前须备的各项'),
  },
  '交办',
).transform(
  (file): HandoverRules => ({
    requires: file.requires,
    apart: file.apart,
    acknowledge: file.acknowledge,
    casePlan: file['case-plan'],
    beforeStart: file['before-start'],
  }),
)

const immediate = mapping({ within: span('立行立改的期限'), source: source('CD-02') }, '立行立改').transform(
  ({ within, source }) => ({ ...within, ...source }),
)
const longTerm = mapping(
  { 'stage-target': word(STAGE_TITLES, '长期坚持事项的阶段目标'), source: source('CD-04') },
  '长期坚持',
).transform((file) => ({ stageTarget: file['stage-target'], ...file.source }))

export const classes = mapping({ immediate, 'long-term': longTerm }, '整改类别').transform(
  (file): ClassRules => ({ immediate: file.immediate, longTerm: file['long-term'] }),
)
