import type { ThemeConfig } from 'antd'

/** White, one accent; red is kept for what is overdue (`style.css`), so a field at fault is brown. */
export const ACCENT = '#0b6b5d'
const FAULT = '#8f4a00'

export const theme: ThemeConfig = {
  token: {
    colorPrimary: ACCENT,
    colorLink: ACCENT,
    colorError: FAULT,
    colorTextSecondary: '#5a625f',
    colorTextDescription: '#5a625f',
    colorTextPlaceholder: '#6d7572',
    colorBorder: '#c9d0cd',
    fontSize: 14,
    borderRadius: 4,
    motion: false,
    fontFamily:
      '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif',
  },
}
