import { Page } from '../common/Page'

/** Nothing that would ask for anything, while the session ends. */
const SigningOut = () => (
  <Page title="正在退出">
    <p>请稍候。</p>
  </Page>
)

export default SigningOut
