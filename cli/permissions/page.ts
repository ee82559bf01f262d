import {
  COMMANDS,
  MOMENTS,
  type Moment,
  OPENING_READERS,
  OPENINGS,
} from '../../contracts/permissions/commands.js'
import { ROUTES } from '../../contracts/permissions/routes.js'
import {
  ALL_VIEWERS,
  type Verdict,
  VIEWERS,
  type Viewer,
  verdictOn,
} from '../../contracts/permissions/viewers.js'
import { CASE_KINDS, kindOf } from '../../domain/kinds/registry.js'

const MARKS: Readonly<Record<string, string>> = { allowed: '可', 401: '登', 403: '否', 404: '无' }
const mark = (verdict: Verdict): string => MARKS[verdict] ?? ''

type Cells = Parameters<typeof verdictOn>[0]
const cellsOf = (row: Cells): readonly string[] => ALL_VIEWERS.map((viewer) => mark(verdictOn(row, viewer)))

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const table = (first: readonly string[], rows: readonly (readonly string[])[]): string => {
  const head = [...first, ...ALL_VIEWERS.map((viewer) => VIEWERS[viewer].short), '依据', '说明']
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const TITLES: Readonly<Record<string, string>> = Object.assign(
  {},
  ...CASE_KINDS.map((kind) => kindOf(kind).commands),
)

const routes = (): string =>
  table(
    ['接口', '用途'],
    Object.entries(ROUTES).map(([route, row]) => [
      `\`${route}\``,
      row.title,
      ...cellsOf(row),
      row.clause,
      row.note ?? '',
    ]),
  )

const openings = (): string =>
  table(
    ['命令', '用途'],
    Object.entries(OPENINGS).map(([type, { may, clause, note = '' }]) => [
      `\`${type}\``,
      TITLES[type] ?? '',
      ...cellsOf({ may, reads: [...OPENING_READERS, 'other-drill'] satisfies readonly Viewer[] }),
      clause,
      note,
    ]),
  )

const moment = (when: Moment): string => {
  const { title, reads, note } = MOMENTS[when]
  const rows = Object.entries(COMMANDS).flatMap(([type, own]) =>
    own
      .filter((row) => row.when === when)
      .map(({ may, clause, note: said = '' }) => [
        `\`${type}\``,
        TITLES[type] ?? '',
        ...cellsOf({ may, reads }),
        clause,
        said,
      ]),
  )
  return `### ${title}\n${note === undefined ? '' : `\n${note}\n`}\n${table(['命令', '用途'], rows)}`
}

const legend = (): string =>
  ALL_VIEWERS.map((viewer) => `${VIEWERS[viewer].short}:${VIEWERS[viewer].title}`).join(';')

/** `docs/permissions.md`, whole: from the table the tests hold the door to. */
export const permissionsPage = (): string => `# 权限总表

谁可以做什么。本页由 \`npm run -s bihuan -- permissions\` 生成,不要手改:表在 \`contracts/permissions/\`,是依条款手写的;测试
(\`test/permissions/\`)按这张表逐格走真实的接口,新增的接口或命令没有列入,测试不通过。

可:交由事项自己的规则办理,规则仍可能答复“还没有轮到”“与现状不符”;登:401,须登录;否:403,无权办理;无:404,无权知道有没有。

各列:${legend()}。

“责任单位”等都是就所看的这一件而言;“兼”同时是责任单位的主要负责人,凡核查、决定、办结本单位事项的都不得办理(GN-08)。限定知悉
范围的事项(\`restrict-case\`),不在其列的人一律是“无”,台账、合计、导出、总览、待办、通知、转办和公开页里都没有它。

## 接口

${routes()}

## 登记一件事项

\`POST /rounds/{id}/cases\`

${openings()}

## 办理一件事项

\`POST /cases/{round}/{n}/commands\`

${(Object.keys(MOMENTS) as Moment[]).map(moment).join('\n\n')}
`
