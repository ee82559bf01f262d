import { defineConfig } from 'vite'

/** Where the interface answers while the pages are worked on: `vite web` beside `npm start`. */
const door = process.env.BIHUAN_DOOR ?? 'http://127.0.0.1:8600'
const pages = /^\/console\//

export default defineConfig({
  base: '/console/',
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    // antd marks every file for servers that render; nothing here does.
    rollupOptions: { checks: { moduleLevelDirective: false } },
  },
  oxc: { jsx: { runtime: 'automatic' } },
  server: {
    proxy: {
      '^/(?!console/)': {
        target: door,
        bypass: ({ url = '' }) => (pages.test(url) ? url : undefined),
        ...(process.env.BIHUAN_TOKEN && { headers: { authorization: `Bearer ${process.env.BIHUAN_TOKEN}` } }),
      },
    },
  },
})
