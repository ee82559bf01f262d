import { FACES } from './faces.js'

/** What stands in where a machine lacks the official face: names only, no font travels with the file. */
const STAND_INS: Readonly<Record<keyof typeof FACES, readonly string[]>> = {
  song: ['SimSun', 'Noto Serif CJK SC', 'FandolSong'],
  title: ['FZXiaoBiaoSong-B05S', '小标宋', '华文中宋', 'Noto Serif CJK SC'],
  fang: ['仿宋', 'FangSong', 'FangSong_GB2312', '华文仿宋', 'FandolFang R'],
  hei: ['SimHei', 'Noto Sans CJK SC', 'FandolHei'],
  kai: ['楷体', 'KaiTi', 'KaiTi_GB2312', '华文楷体', 'FandolKai'],
}

const font = (face: keyof typeof FACES): string =>
  `<w:font w:name="${FACES[face]}"><w:altName w:val="${STAND_INS[face].join(',')}"/>` +
  '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'

const faces: readonly (keyof typeof FACES)[] = ['song', 'title', 'fang', 'hei', 'kai']

/** `word/fontTable.xml`, naming every face the papers use and its stand-ins. */
export const fontTable = (): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
  `${faces.map(font).join('')}</w:fonts>`
