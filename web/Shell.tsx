import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { useLive } from './client/live'
import { useSignOut } from './client/session'
import { useNarrow } from './common/narrow'
import { meOptions } from './generated/api/@tanstack/react-query.gen'
import { daily, type Entry, rest } from './navigation'

const Item = ({ to, title }: Entry) => (
  <Link to={to} activeOptions={{ exact: to === '/' }}>
    {title}
  </Link>
)

/** Who I am, on every page. */
export const useMe = () => useQuery(meOptions()).data

/**
 * What stands around every page: the navigation, and who is signed in. The page keeps its place among its neighbours, so that
 * turning a telephone or drawing a window smaller loses nothing that was written.
 */
export const Shell = () => {
  useLive(useMe()?.person)
  const narrow = useNarrow()
  return (
    <div className="shell">
      {!narrow && <Side />}
      <Outlet />
      {narrow && <Foot />}
    </div>
  )
}

const Side = () => {
  const me = useMe()
  const signOut = useSignOut()
  const mine = rest.filter(({ may }) => may === undefined || me?.may.includes(may))
  return (
    <div className="side">
      <span className="brand">闭环</span>
      <nav aria-label="导航">
        <ul>
          {daily.map((entry) => (
            <li key={entry.to}>
              <Item {...entry} />
            </li>
          ))}
        </ul>
        <ul className="apart">
          {mine.map((entry) => (
            <li key={entry.to}>
              <Item {...entry} />
            </li>
          ))}
        </ul>
      </nav>
      {me && (
        <div className="who">
          <div>{me.name}</div>
          {me.posts.map(({ role, unit, title }) => (
            <div className="quiet" key={`${role}${unit ?? ''}`}>
              {title}
            </div>
          ))}
          <button type="button" className="link" onClick={signOut}>
            退出
          </button>
        </div>
      )}
    </div>
  )
}

const Foot = () => (
  <nav className="foot-nav" aria-label="导航">
    {daily.map((entry) => (
      <Item key={entry.to} {...entry} />
    ))}
    <Link to="/more">更多</Link>
  </nav>
)
