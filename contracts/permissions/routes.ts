import { EVERYTHING, HEADS, OF_THE_CITY, OFFICE, PARTIES, SIGNED_IN, UNITS, type Viewer } from './viewers.js'

/** One route of the interface, and who may. Written by hand from the clauses; the tests hold the door to it. */
export type RouteRow = {
  readonly title: string
  readonly may: readonly Viewer[] | 'anybody'
  readonly reads?: readonly Viewer[]
  readonly clause: string
  readonly note?: string
}

const open = (title: string, clause: string, note?: string): RouteRow => ({
  title,
  may: 'anybody',
  clause,
  ...(note !== undefined && { note }),
})
const row = (title: string, may: readonly Viewer[], clause: string, note?: string): RouteRow => ({
  title,
  may,
  clause,
  ...(note !== undefined && { note }),
})
/** What is not for somebody is not said to be there. */
const hidden = (title: string, may: readonly Viewer[], clause: string, note?: string): RouteRow => ({
  ...row(title, may, clause, note),
  reads: may,
})

const OWN_ONLY = '只见自己应见的:各单位见有关的,社会监督员等只见正在公示的,演练人员只见本次演练的'
const WHOLE = [...EVERYTHING, ...UNITS] as const
const READERS_OF_REGISTER = [...OFFICE, 'deputy', 'discipline'] as const

export const ROUTES: Readonly<Record<string, RouteRow>> = {
  'GET /cases': row('台账', SIGNED_IN, 'CD-15', OWN_ONLY),
  'GET /summary': row('总览', SIGNED_IN, 'CD-15', OWN_ONLY),
  'GET /reconciliation': row('对账', SIGNED_IN, 'CD-18', `${OWN_ONLY};以前的只给见全件的人`),
  'GET /cases/{round}/{n}': hidden('一件案件', PARTIES, 'CD-15', '公示期间人人可见公示的内容'),
  'GET /cases/{round}/{n}/events': hidden('一件案件的记录', PARTIES, 'GN-07'),
  'GET /cases/{round}/{n}/papers': hidden('一件案件的公文', PARTIES, 'CD-15'),
  'GET /cases/{round}/{n}/why': hidden('为什么', PARTIES, 'GN-07'),
  'GET /cases/{round}/{n}/next': hidden('下一步', PARTIES, 'GN-07'),
  'GET /cases/{round}/{n}/dossier': hidden('案卷', PARTIES, 'YZ-04'),
  'GET /cases/{round}/{n}/acts': hidden('我能办什么', PARTIES, 'GN-08'),
  'POST /cases/{round}/{n}/commands': {
    title: '办理',
    may: ['own-clerk', 'own-head', 'both'],
    reads: PARTIES,
    clause: 'GN-08',
    note: '以签收为例,各项命令见下表',
  },
  'GET /cases/{round}/{n}/commands/{key}': hidden(
    '查询一项命令的结果',
    ['own-clerk'],
    'GN-07',
    '只有报送它的人查得到(这里是责任单位经办人)',
  ),
  'POST /cases/{round}/{n}/rules/preview': {
    ...row('预览一件案件改用规则', OFFICE, 'GN-02'),
    reads: PARTIES,
  },
  'POST /cases/{round}/{n}/rules': {
    ...row('决定一件案件改用规则', ['office-head'], 'GN-02', '兼任责任单位负责人的不得决定'),
    reads: PARTIES,
  },
  'POST /cases/{round}/{n}/objections': open('对公示提出异议', 'CD-09', '不在公示的,一律答复没有'),
  'POST /rounds': row('建立轮次', OFFICE, 'CD-20'),
  'GET /rounds': row('全部轮次', SIGNED_IN, 'CD-20', '演练人员只见本次演练'),
  'GET /rounds/{id}': row('一个轮次', OF_THE_CITY, 'CD-20'),
  'GET /rounds/{id}/cadence': {
    title: '周期工作',
    may: [...EVERYTHING, 'own-clerk', 'own-head'],
    reads: [...EVERYTHING, 'own-clerk', 'own-head', 'other-drill'],
    clause: 'HH-03',
  },
  'POST /rounds/{id}/plan': row('报送整改方案', OFFICE, 'GN-12'),
  'GET /rounds/{id}/plan': row('方案原文', OFFICE, 'GN-12'),
  'GET /rounds/{id}/entries': row('方案逐项', OFFICE, 'JN-01'),
  'GET /rounds/{id}/papers': row('本轮公文', OFFICE, 'GN-07'),
  'GET /rounds/{id}/feed': row('本轮发生的一切', OFFICE, 'GN-07', '限定知悉的,不在其列的人看不到'),
  'GET /rounds/{id}/todos': row('本轮谁该办什么', OFFICE, 'GN-07', '同上'),
  'GET /rounds/{id}/orders': row('系统代为转办', OFFICE, 'GN-07', '同上'),
  'GET /unsent-mails': row(
    '没有发出去的邮件',
    [...OFFICE, 'other-drill'],
    'GN-07',
    '限定知悉的,不在其列的人看不到;演练人员只见本次演练的',
  ),
  'GET /unwritten-papers': row(
    '没有制发出来的公文',
    [...OFFICE, 'other-drill'],
    'GN-07',
    '限定知悉的,不在其列的人看不到;演练人员只见本次演练的',
  ),
  'POST /rounds/{id}/hand-over': row('成批交办', OFFICE, 'CD-01'),
  'GET /rounds/{id}/openings': row('我能登记哪些事项', OF_THE_CITY, 'GN-08', '能不能登记,逐种答复'),
  'POST /rounds/{id}/cases': row('登记一件事项', [...OFFICE, ...UNITS], 'HY-12', '以舆情为例,各种事项见下表'),
  'GET /audits': row('常设审计', [...WHOLE, 'other-drill'], 'HH-13', OWN_ONLY),
  'GET /pace': row('序时进度', [...WHOLE, 'other-drill'], 'YZ-13', OWN_ONLY),
  'GET /rankings': row('排名', WHOLE, 'JN-21', '责任单位只见自己的一行'),
  'GET /appraisals': row('考核材料', [...EVERYTHING, 'other-drill'], 'YZ-12', '演练人员只见本次演练的'),
  'POST /rounds/{id}/snapshots': row('定格数据', OFFICE, 'HH-08'),
  'GET /snapshots': row('定格的数据', [...WHOLE, 'other-drill'], 'HH-08', '演练人员只见本次演练的'),
  'GET /snapshots/{hash}': row('一份定格的数据', WHOLE, 'HH-08', '责任单位只见自己的各行'),
  'GET /rounds/{id}/lists': row('三本清单', OF_THE_CITY, 'HH-01', '只列见全件的事项'),
  'GET /rounds/{id}/petitions': row('信访件合计', EVERYTHING, 'YZ-14'),
  'GET /rounds/{id}/petitions/repeats': row('疑似重复的信访件', EVERYTHING, 'HY-05'),
  'GET /rounds/{id}/petitions/analysis': row('信访分析', EVERYTHING, 'HY-06'),
  'POST /public/petitions': open('提交信访件', 'JN-19'),
  'GET /public/petitions/{round}/{n}': open('凭编号和查询码查询', 'JN-19', '查询码不对的,一律答复没有'),
  'GET /rounds/{id}/wall-chart': row('挂图作战', OF_THE_CITY, 'CD-21', '只画见全件的事项'),
  'POST /rounds/{id}/rules/preview': row('预览改用规则', OFFICE, 'GN-02'),
  'POST /rounds/{id}/rules': row('决定改用规则', HEADS, 'GN-02'),
  'GET /register/units': row('单位名册', READERS_OF_REGISTER, 'GN-08'),
  'POST /register/units': row('添加单位', OFFICE, 'GN-08'),
  'GET /register/areas': row('县区名册', READERS_OF_REGISTER, 'HH-15'),
  'POST /register/areas': row('添加县区', OFFICE, 'HH-15'),
  'POST /register/areas/{area}/leaders': row('明确包联领导', OFFICE, 'HH-07'),
  'GET /register/officers': row('人员名册', READERS_OF_REGISTER, 'GN-08'),
  'POST /register/officers': row('添加人员', OFFICE, 'GN-08'),
  'POST /register/officers/{person}/posts': row('任职', OFFICE, 'YZ-17'),
  'POST /register/officers/{person}/posts/end': row('离任', OFFICE, 'YZ-17'),
  'PUT /register/officers/{person}/active': row('停用登录', OFFICE, 'YZ-17'),
  'GET /register/proposals': row('方案写到、名册没有的单位', OFFICE, 'GN-08'),
  'POST /register/proposals': row('列入名册与否', OFFICE, 'GN-08'),
  'GET /session': row('我登录着吗', SIGNED_IN, 'GN-07'),
  'GET /session/known': open('这个浏览器登录着吗', 'GN-07', '不说是谁'),
  'POST /session/sign-out': row('退出登录', SIGNED_IN, 'GN-07'),
  'GET /stream': row('实时消息', SIGNED_IN, 'GN-07', '只有可查看全件的案件的变动和本人的通知'),
  'GET /policies': row('随程序提供的各城市规则', OFFICE, 'GN-13'),
  'GET /me/automatic': row('系统代办的事', SIGNED_IN, 'GN-07'),
  'GET /me': row('我是谁', SIGNED_IN, 'GN-07'),
  'GET /me/todos': row('我的待办', SIGNED_IN, 'GN-07', '只有本人的'),
  'GET /me/next': row('我欠什么,否则会怎样', SIGNED_IN, 'GN-07', '只有本人的'),
  'GET /me/inbox': row('我的通知', SIGNED_IN, 'GN-07', '只有本人的'),
  'POST /me/inbox/read': row('标为已读', SIGNED_IN, 'GN-07', '只能标本人的'),
  'GET /papers/{number}': hidden('一份公文', PARTIES, 'CD-15'),
  'POST /evidence': row('上传材料', SIGNED_IN, 'YZ-09'),
  'POST /evidence-file': row('以表单上传材料', SIGNED_IN, 'YZ-09'),
  'GET /evidence/{sha256}': hidden('一份材料', PARTIES, 'YZ-09', '上传的人,和见全件的人'),
  'GET /public/progress': open('整改进展公开', 'JN-18', '限定知悉的、演练的不在其列'),
  'GET /public/progress/page': open('整改进展公开页', 'JN-18'),
  'GET /public/feed': open('整改进展订阅', 'JN-18'),
  'GET /public/notices': open('正在公示的事项', 'CD-09'),
  'POST /codec/decode': row('解读流程引擎里的内容', OFFICE, 'GN-08', '只给见全件的人,别的以一句说明代替'),
  'POST /codec/encode': row('加密发往流程引擎的内容', OFFICE, 'GN-08'),
  'GET /health/live': open('运行状况', 'GN-07'),
  'GET /health/ready': open('能否办理', 'GN-07'),
}
