import { Link } from '@tanstack/react-router'
import { useSignOut } from '../client/session'
import { Page } from '../common/Page'
import { rest } from '../navigation'
import { useMe } from '../Shell'

const More = () => {
  const me = useMe()
  const signOut = useSignOut()
  return (
    <Page title="更多" about={me && `${me.name} · ${me.posts.map(({ title }) => title).join('、')}`}>
      <ul className="menu">
        {rest
          .filter(({ may }) => may === undefined || me?.may.includes(may))
          .map(({ to, title }) => (
            <li key={to}>
              <Link to={to}>{title}</Link>
            </li>
          ))}
      </ul>
      <p className="section">
        <button type="button" className="link" onClick={signOut}>
          退出
        </button>
      </p>
    </Page>
  )
}

export default More
