import { signInHref } from '../client/session'
import { Page } from '../common/Page'

const SignedOut = () => (
  <Page title="已退出">
    <p>
      您已经退出。<a href={signInHref('/console/')}>重新登录</a>
    </p>
  </Page>
)

export default SignedOut
