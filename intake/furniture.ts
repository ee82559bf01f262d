/** Headers, footers and print buttons of the web page a plan was copied from: never part of a plan. */
export const isFurniture = (text: string): boolean =>
  text.length <= 160 && FURNITURE.some((form) => form.test(text))

const FURNITURE: readonly RegExp[] = [
  /^当前位置/,
  /^首页\s?>/,
  /^(?:【打印本页】|【关闭窗口】|打印本页|关闭窗口|字号[:：]|分享到|返回顶部|扫一扫)/,
  /^(?:友情链接|网站地图|相关链接|上一篇|下一篇)/,
  /^(?:主办|承办|版权所有|网站备案号|联系电话|Produced By|Copyright)/i,
  /(?:版权所有|技术支持|网站标识码|ICP备|公网安备|浏览次数|阅读次数|点击数)/,
  /^[[【(]?责任编辑[:：]/,
  /^(?:发布日期|发布时间|信息来源|来源)[:：]/,
  /^第\s?\d+\s?页/,
  /^[-—]\s?\d+\s?[-—]$/,
]
