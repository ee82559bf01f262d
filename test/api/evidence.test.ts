import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type OpenDoor, openDoor } from '../support/door.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${DOCX}.main+xml"/></Types>`
const docx = (more: Readonly<Record<string, Uint8Array>> = {}) =>
  zipSync({ '[Content_Types].xml': strToU8(TYPES), 'word/document.xml': strToU8('<w:document/>'), ...more })

type File = readonly [name: string, mediaType: string, content: Uint8Array]

const asForm = async ([name, mediaType, content]: File): Promise<Answer> => {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(content)], { type: mediaType }), name)
  const request = new Request('http://door/', { method: 'POST', body: form })
  return door.ask('POST', '/evidence-file', {
    as: 'unit',
    raw: new Uint8Array(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  })
}
const asJson = ([name, mediaType, content]: File): Promise<Answer> =>
  door.ask('POST', '/evidence', {
    as: 'unit',
    body: { name, mediaType, content: Buffer.from(content).toString('base64') },
  })

describe('a file handed in', () => {
  it.each<File>([
    ['现场照片.png', 'image/png', PNG],
    ['完工报告.docx', DOCX, docx()],
    ['清单.txt', 'text/plain', strToU8('一、已清运淤泥 300 吨')],
    ['没有后缀', 'text/plain', strToU8('说明')],
    ['旧系统导出.csv', 'text/csv', Buffer.from('d0f2bac52cc3fbb3c6', 'hex')],
  ])('is kept as it came, as a form or as JSON: %s', async (...file) => {
    const [form, json] = [await asForm(file), await asJson(file)]
    expect([form.status, json.status]).toEqual([200, 200])
    expect(form.body).toEqual(json.body)
    expect(form.body).toMatchObject({ name: file[0], mediaType: file[1], bytes: file[2].byteLength })
    const back = await door.ask('GET', `/evidence/${form.body.sha256}`, { as: 'unit' })
    expect(back.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(back.headers.get('content-type')).toBe('application/octet-stream')
  })

  it.each<[string, number, File]>([
    ['a page', 415, ['说明.txt', 'text/plain', strToU8('<!DOCTYPE html><script>alert(1)</script>')]],
    ['a page that says so', 415, ['说明.html', 'text/html', strToU8('<p>说明</p>')]],
    ['a picture that is a script', 415, ['图.svg', 'image/svg+xml', strToU8('<svg onload="alert(1)"/>')]],
    ['a program', 415, ['工具.txt', 'text/plain', Buffer.from('7f454c460201010000000000', 'hex')]],
    ['a script', 415, ['工具.txt', 'text/plain', strToU8('#!/bin/sh\nrm -rf /')]],
    ['an archive', 415, ['材料.zip', 'application/zip', zipSync({ 'a.txt': strToU8('a') })]],
    ['a text that is called a picture', 422, ['现场照片.png', 'image/png', strToU8('不是照片')]],
    ['a picture called a document', 422, ['报告.pdf', 'application/pdf', PNG]],
    ['a picture under another name', 422, ['现场照片.docx', 'image/png', PNG]],
    ['nothing', 422, ['空.txt', 'text/plain', new Uint8Array()]],
    ['a document with a macro', 422, ['报告.docx', DOCX, docx({ 'word/vbaProject.bin': strToU8('x') })]],
    [
      'a document that unpacks without end',
      422,
      ['报告.docx', DOCX, docx({ 'word/a.xml': new Uint8Array(110_000_000) })],
    ],
  ])('that is %s is refused, whichever way it comes', async (_, status, file) => {
    for (const answer of [await asForm(file), await asJson(file)]) {
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      expect(answer.body.detail).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('that is too large is refused before it is all there', async () => {
    const answer = await asForm(['大.txt', 'text/plain', new Uint8Array(9_000_000).fill(65)])
    expect([answer.status, answer.body.type]).toEqual([413, 'urn:bihuan:refusal:too-large'])
  })

  it('in no form at all is refused', async () => {
    const answer = await door.ask('POST', '/evidence-file', { as: 'unit', body: { name: '清单.txt' } })
    expect(answer.status).toBe(415)
    const empty = await door.ask('POST', '/evidence-file', {
      as: 'unit',
      raw: '--x--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(empty.status).toBeGreaterThanOrEqual(400)
    expect(empty.status).toBeLessThan(500)
  })
})
