import { createHash } from 'node:crypto'

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const STYLE = `
  body { margin: 0; background: #fff; color: #1f2329; font: 15px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
  main { max-width: 22rem; margin: 16vh auto 0; padding: 0 1.5rem; }
  h1 { font-size: 1.4rem; font-weight: 600; margin: 0 0 .25rem; }
  p { margin: 0 0 1.5rem; color: #646a73; }
  label { display: block; margin: 0 0 1rem; }
  input { display: block; box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .5rem .6rem; font: inherit; border: 1px solid #8f959e; border-radius: 4px; }
  button { width: 100%; padding: .6rem; font: inherit; color: #fff; background: #14539a; border: 0; border-radius: 4px; cursor: pointer; }
  a { color: #14539a; }
  .wrong { color: #b3261e; margin: 0 0 1rem; }
`

/** Nothing is loaded from anywhere, and the page may not be framed. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style><main>${body}</main></html>`

/** `wrong`: why the last attempt failed; `username` is what was typed then. */
export const loginPage = (action: string, username = '', wrong = ''): string =>
  page(
    '登录 · 闭环',
    `<h1>闭环</h1><p>督察整改,一件一件办到底</p>
${wrong && `<p class="wrong" role="alert">${escaped(wrong)}</p>`}
<form method="post" action="${escaped(action)}">
<label>登录名<input name="username" value="${escaped(username)}" autocomplete="username" autocapitalize="none" required autofocus></label>
<label>密码<input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">登录</button>
</form>`,
  )

export const errorPage = (why: string): string =>
  page('无法登录 · 闭环', `<h1>无法登录</h1><p class="wrong" role="alert">${escaped(why)}</p>`)

/** The way back in went wrong; from here it begins anew. */
export const signInFailedPage = (why: string): string =>
  page(
    '没有登录 · 闭环',
    `<h1>没有登录</h1><p class="wrong" role="alert">${escaped(why)}。</p><p><a href="/session/sign-in">重新登录</a></p>`,
  )
