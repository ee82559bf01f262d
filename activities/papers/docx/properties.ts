import type { OfficialPaper } from '../document.js'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** `docProps/core.xml`: what a file manager shows; dated by the paper's event, not by the machine's clock. */
export const coreProperties = ({ title, number, letterhead, at }: OfficialPaper): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
  '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"' +
  ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<dc:title>${escaped(title)}</dc:title><dc:subject>${escaped(number)}</dc:subject>` +
  `<dc:creator>${escaped(letterhead)}</dc:creator>` +
  `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created>` +
  `<dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`
