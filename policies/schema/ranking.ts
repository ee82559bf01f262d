import type { RankingRules } from '../../domain/policy.js'
import { count, mapping } from './mapping.js'
import { source } from './sources.js'

const weight = (what: string) => count(what, 0, 100)

/** 排名 */
export const ranking = mapping(
  {
    weights: mapping(
      {
        completion: weight('核实完成所占分值'),
        pace: weight('序时进度所占分值'),
        returns: weight('按期调度所占分值'),
        setbacks: weight('没有退回、没有反弹所占分值'),
      },
      '各项分值,合计 100',
    ),
    named: count('点名通报排在最后的几个', 0, 100),
    source: source('JN-21'),
  },
  '排名',
).transform((file): RankingRules => ({ weights: file.weights, named: file.named, ...file.source }))
