import 'antd/dist/reset.css'
import './style.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isSettled } from './client/problem'
import { configureClient } from './client/session'
import { makeRouter } from './router'
import { theme } from './theme'

const FRESH_MILLIS = 15_000

configureClient()
const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH_MILLIS, retry: (failures, error) => failures < 2 && !isSettled(error) },
  },
})
const router = makeRouter(queries)

const root = document.getElementById('root')
if (!root) throw new TypeError('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <ConfigProvider locale={zhCN} theme={theme} componentSize="small" button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  </StrictMode>,
)
