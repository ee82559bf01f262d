import { PolicyProblems, readPolicy } from '../../policies/load.js'

/** The file of a city that is on nobody's list, with every kind of step. It may be used as it stands. */
export const A_CITY = `# 云汀市整改规则
extends: defaults
id: yunting
city: 云汀市
title: 云汀市督察整改规则

office:
  unit: 市整改办
  aliases: []
  document-code: 云督改办
  letterhead: 云汀市整改办

handover:
  requires:
    - { field: 责任单位, source: CD-01 }
    - { field: 整改时限, source: CD-01 }
    - { field: 牵头验收单位, source: CD-01 }
    - { field: 配合验收单位, source: CD-01 }
    - { field: 监管单位, source: HH-06 }
    - { field: 包案市级领导, source: CD-12 }

returns:
  each: month
  due: day 31 17:00
  source: HY-01

ladder:
  - rung: 预警
    when: [15 days before deadline, 2 missing returns in a row]
    by: engine
    whom: [responsible-unit, case-leader]
    release: office-head
    source: CD-11
  - rung: 通报
    when: [1 day after deadline, 2 refusals]
    by: case-leader
    whom: [responsible-head]
    paper: 通报
    release: case-leader
    source: CD-11

closing:
  checklist: { points: [任务完成, 材料齐全], source: YZ-05 }
  chain:
    - id: application
      step: 申请
      by: responsible-head
      form: signature
      source: CD-07
    - id: opinions
      step: 会签
      by: cooperating-units
      form: review
      quorum: 2 of 3 with veto
      source: CD-06
    - id: verification
      step: 核查
      by: lead-unit
      form: review
      where: on-site
      findings: [污染消除]
      within: 7 working days
      source: CD-08
    - id: approval
      step: 审定
      by: supervising-unit
      form: signature
      source: HH-06
    - id: notice
      kind: 公示
      step: 公示
      period: 5 working days
      source: CD-09
    - id: filing
      kind: 备案
      step: 备案
      to: 省整改办
      source: CD-10

visits: { every: 2 months, source: CD-12 }
`

/** The city's file with one passage changed; the passage must be there, so that no test passes by misspelling it. */
export const changed = (passage: string, into: string): string => {
  if (!A_CITY.includes(passage)) throw new Error(`the city's file has no “${passage}”`)
  return A_CITY.replace(passage, into)
}

export const FILE = 'yunting.yaml'

/** What is said about a text, as `line: reason`; empty when it may be used. */
export const complaintsAbout = (text: string): readonly string[] => {
  try {
    readPolicy(text, FILE)
    return []
  } catch (error) {
    if (error instanceof PolicyProblems) return error.problems.map(({ line, reason }) => `${line}: ${reason}`)
    throw error
  }
}

/** Number of the first line of a text that contains these words, from 1. */
export const lineOf = (text: string, words: string): number =>
  text.split('\n').findIndex((line) => line.includes(words)) + 1
