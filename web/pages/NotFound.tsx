import { Link } from '@tanstack/react-router'
import { Page } from '../common/Page'

export const NotFound = () => (
  <Page title="没有这一页">
    <p>
      地址可能写错了,或者这一页已经没有了。<Link to="/">回到今日</Link>
    </p>
  </Page>
)
