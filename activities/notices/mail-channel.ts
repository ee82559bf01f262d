import { type Mailer, mailerAt } from './mailer.js'

/**
 * The mail server the environment names (`SMTP_URL`, sender `SMTP_FROM`). Without one, notices go to the inbox in the
 * system only; said once, here.
 *
 * @throws Error when `SMTP_URL` is no address of a mail server.
 */
export const mailChannel = (env: NodeJS.ProcessEnv, say: (line: string) => void): Mailer | undefined => {
  const { SMTP_URL: url, SMTP_FROM: from } = env
  if (!url) {
    say('未设 SMTP_URL:通知只进系统内收件箱,不发邮件。')
    return undefined
  }
  if (!/^smtps?:\/\/[^/\s]+/u.test(url)) {
    throw new Error('SMTP_URL 应写作 smtp://用户:密码@主机:端口,或以 smtps:// 开头。')
  }
  return mailerAt(url, from || undefined)
}
