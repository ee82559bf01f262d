import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { projectRoot } from '../../runtime/project.js'
import { onPath } from '../../runtime/system-packages.js'
import { temporaryFolder } from '../support/temporary.js'

const deployed = (...path: readonly string[]): string => join(projectRoot, 'deploy', ...path)
const read = (...path: readonly string[]): string => readFileSync(deployed(...path), 'utf8')

type Rules = { readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[] }
type Tests = {
  readonly tests: readonly {
    readonly alert_rule_test: readonly {
      readonly alertname: string
      readonly exp_alerts: readonly unknown[]
    }[]
  }[]
}
type Board = {
  readonly uid: string
  readonly panels: readonly {
    readonly title: string
    readonly datasource?: { readonly uid: string }
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
    readonly targets: readonly { readonly expr: string }[]
  }[]
}
const board = JSON.parse(read('grafana', 'bihuan.json')) as Board

const wanted = process.env.BIHUAN_ALERTS !== undefined
const there = onPath('promtool')
if (!wanted && !there) console.log('没有 promtool(Debian 的 prometheus 包),告警规则的测试跳过')

const promtool = (...args: readonly string[]): { readonly status: number | null; readonly said: string } => {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { encoding: 'utf8' })
  return { status, said: error ? error.message : `${stdout}${stderr}` }
}

describe.runIf(wanted || there)('Prometheus itself', () => {
  let folder: ReturnType<typeof temporaryFolder>
  beforeAll(() => {
    folder = temporaryFolder('monitoring')
  })
  afterAll(() => folder.remove())

  it('takes the configuration and its rules', () => {
    const { status, said } = promtool('check', 'config', deployed('prometheus', 'prometheus.yaml'))
    expect(status, said).toBe(0)
  })

  it('calls for each alert when it is due, and not before', () => {
    const { status, said } = promtool('test', 'rules', deployed('prometheus', 'alerts.test.yaml'))
    expect(status, said).toBe(0)
  })

  it('understands what every panel of the board asks', () => {
    const rules = board.panels.flatMap(({ targets }, panel) =>
      targets.map(({ expr }, target) => ({ record: `panel:${panel}:${target}`, expr })),
    )
    const file = join(folder.path, 'panels.yaml')
    writeFileSync(file, stringify({ groups: [{ name: 'panels', rules }] }))
    const { status, said } = promtool('check', 'rules', file)
    expect(status, said).toBe(0)
  })
})

describe('the alerts', () => {
  it('are each tried, silent and calling', () => {
    const tried = (parse(read('prometheus', 'alerts.test.yaml')) as Tests).tests.flatMap(
      ({ alert_rule_test }) => alert_rule_test,
    )
    for (const { alert } of (parse(read('prometheus', 'alerts.yaml')) as Rules).groups.flatMap(
      ({ rules }) => rules,
    )) {
      const own = tried.filter(({ alertname }) => alertname === alert)
      expect(
        own.some(({ exp_alerts }) => exp_alerts.length === 0),
        alert,
      ).toBe(true)
      expect(
        own.some(({ exp_alerts }) => exp_alerts.length > 0),
        alert,
      ).toBe(true)
    }
  })
})

describe('the board', () => {
  it('asks the source that is provisioned, from the folder it is mounted in', () => {
    const { datasources } = parse(read('grafana', 'provisioning', 'datasources', 'prometheus.yaml')) as {
      datasources: readonly { readonly uid: string; readonly type: string; readonly url: string }[]
    }
    const { providers } = parse(read('grafana', 'provisioning', 'dashboards', 'bihuan.yaml')) as {
      providers: readonly { readonly options: { readonly path: string } }[]
    }
    const compose = parse(readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
      services: Record<string, { volumes?: readonly string[] }>
    }
    expect(datasources.map(({ type, url }) => [type, url])).toEqual([
      ['prometheus', 'http://prometheus:9090'],
    ])
    const known = new Set(datasources.map(({ uid }) => uid))
    for (const { datasource, title } of board.panels)
      if (datasource) expect(known.has(datasource.uid), title).toBe(true)
    const [{ options } = { options: { path: '' } }] = providers
    expect(compose.services.grafana?.volumes).toContain(
      `./deploy/grafana/bihuan.json:${options.path}/bihuan.json:ro`,
    )
  })

  it('lays no panel over another, on a page of 24 columns', () => {
    for (const [index, { gridPos: a, title }] of board.panels.entries()) {
      expect(a.x + a.w, title).toBeLessThanOrEqual(24)
      for (const { gridPos: b, title: other } of board.panels.slice(index + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
        expect(apart, `${title} / ${other}`).toBe(true)
      }
    }
  })
})
