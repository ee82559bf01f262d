import { z } from 'zod'
import type { TodoRow } from '../../db/queries/todos.js'
import type { Actor } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { tableOf } from '../cases/csv.js'
import { hrefOf, titleOfAct } from '../cases/views.js'

export const todoView = z
  .object({
    caseId: z.string(),
    href: z.string(),
    text: z.string(),
    act: z.string(),
    title: z.string().meta({ example: '报送调度' }),
    actTitle: z.string().meta({ description: '属于哪一种', example: '报送调度' }),
    seat: z.string(),
    unit: z.string().nullable(),
    due: z.string().nullable(),
  })
  .meta({ id: 'Todo' })

export const tableOfTodos = (todos: readonly z.output<typeof todoView>[]): string =>
  tableOf(
    ['编号', '待办', '问题与措施', '单位', '期限'],
    todos.map(({ caseId, title, text, unit, due }) => [caseId, title, text, unit, due]),
  )

/** To-dos as their owner sees them: a drill's officer those of the drill. */
export const todosIn = (actor: Actor, rows: readonly TodoRow[]): readonly z.output<typeof todoView>[] => {
  const drill = drillOf(actor.person)
  return rows
    .filter(({ round }) => drill === undefined || round === drill)
    .map(({ caseId, kind, text, act, title, seat, unit, due }) => ({
      ...{ caseId, href: hrefOf(caseId), text, act, title, actTitle: titleOfAct(kind, act), seat, unit, due },
    }))
}
