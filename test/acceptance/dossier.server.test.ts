import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { verifyDossier } from '../../dossier/verify.js'
import { evidenceFrom, openedRound } from '../api/given.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'

/** What leaves the system whole: a case's dossier, and the chart on the wall. */
let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  await openedRound(office, 'bound')
  const unit = await door.as('unit')
  const give = (as: string, body: unknown) =>
    door.ask('POST', '/cases/bound/001/commands', { as, key: newKey(), body })
  await give('office', { type: 'hand-over' })
  await give('unit', { type: 'acknowledge' })
  const evidence = [await evidenceFrom(unit, '整改方案')]
  await give('unit', { type: 'submit-case-plan', plan: '分三步', team: ['局长'], evidence })
})
afterAll(() => door.close())

const dossier = async (as: string, id = 'bound/001'): Promise<{ status: number; bytes: Uint8Array }> => {
  const token = await (await door.session(as)).token()
  const answer = await fetch(new URL(`/cases/${id}/dossier`, door.serving().url), {
    headers: { authorization: `Bearer ${token}` },
  })
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

it('YZ-04 each case has one dossier, whole, that anybody checks outside the system; what was changed in it is found', async () => {
  // The slip has its number on the record.
  const { bytes } = await vi.waitFor(
    async () => {
      const got = await dossier('discipline')
      expect(Object.keys(unzipSync(got.bytes)).some((path) => path.startsWith('公文/交办单'))).toBe(true)
      expect(verifyDossier(got.bytes).faults).toEqual([])
      return got
    },
    { timeout: 30_000, interval: 300 },
  )
  const files = unzipSync(bytes)
  const paths = Object.keys(files)
  expect(paths).toEqual(expect.arrayContaining(['目录.json', '记录.jsonl', '经过.txt', '说明.txt']))
  expect(paths.filter((path) => path.startsWith('材料/'))).toHaveLength(1)
  expect(paths.filter((path) => path.startsWith('规则/'))).toHaveLength(2)
  expect(verifyDossier(bytes)).toMatchObject({ case: 'bound/001', faults: [] })
  // The same case at the same point gives the same bytes.
  expect((await dossier('office')).bytes).toEqual(bytes)

  const changed = (path: string, content: Uint8Array) =>
    verifyDossier(zipSync({ ...files, [path]: content })).faults
  const evidence = paths.find((path) => path.startsWith('材料/')) ?? ''
  expect(changed(evidence, strToU8('另一份'))).toEqual(
    expect.arrayContaining([`文件被改动:${evidence}`, expect.stringContaining('不在卷内')]),
  )
  const record = new TextDecoder().decode(files['记录.jsonl'])
  expect(changed('记录.jsonl', strToU8(record.replace('分三步', '分两步')))).toEqual(
    expect.arrayContaining([expect.stringContaining('断链')]),
  )
  expect(changed('多出来.txt', strToU8('多'))).toEqual(['目录以外的文件:多出来.txt'])
  expect(verifyDossier(strToU8('不是压缩包')).faults).toEqual(['不是案卷:打不开,或缺少目录、记录'])

  expect((await dossier('chengguan')).status).toBe(404)
})

it('CD-21 the wall chart shows every case by unit and time, its state in one colour, and is printed in sheets', async () => {
  const { body } = await door.ask('GET', '/rounds/bound/wall-chart', { as: 'office' })
  const bars = body.rows.flatMap(({ bars: own }: { bars: { n: number; standingTitle: string }[] }) => own)
  expect(
    bars.map(({ n, standingTitle }: { n: number; standingTitle: string }) => [n, standingTitle]).toSorted(),
  ).toEqual([
    [1, '达到序时进度'],
    [2, '未交办'],
    [3, '未交办'],
  ])
  expect(body.rows[0]).toMatchObject({ unit: '市住房和城乡建设局', bars: [{ to: '2099-09-30' }] })
  const svg = await door.ask('GET', '/rounds/bound/wall-chart', {
    as: 'office',
    headers: { accept: 'image/svg+xml' },
  })
  expect(svg.headers.get('content-type')).toContain('image/svg+xml')
  expect(svg.body).toMatch(/^<svg [^>]*width="1189mm" height="841mm"/)
  expect(svg.body.match(/<rect x=/g)).toHaveLength(3)
  expect(svg.body).not.toContain('<script')
  // A unit sees its own cases only.
  const own = await door.ask('GET', '/rounds/bound/wall-chart', { as: 'unit' })
  expect(own.body.rows.map(({ unit }: { unit: string }) => unit)).toEqual(['市住房和城乡建设局'])
})
