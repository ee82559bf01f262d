/** Chooses the Node that runs the project. Plain JavaScript, no dependencies. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from './trouble.mjs'

const OLDEST = [22, 12]

const isEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/**
 * The path of the project's own Node (npm package `node`). Where install scripts are switched off its binary is
 * missing: that one script is run by itself, and failing that the machine's Node serves if it is new enough.
 *
 * @param {{ root: string, say: (line: string) => void }} options
 * @throws {Trouble} when there is no Node that can run the project.
 */
export const projectNode = ({ root, say }) => {
  const own = join(root, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(own)) return own

  // Asked once per installation: where it cannot be had, every later command should still be quick.
  const asked = join(root, 'node_modules', '.bihuan-node-asked')
  if (!existsSync(asked)) {
    say('项目自带的 Node 尚未就位(安装脚本被关闭),正在补装……')
    spawnSync('npm', ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    })
    if (existsSync(own)) return own
    writeFileSync(asked, '')
  }

  if (isEnough(process.versions.node)) return process.execPath
  rmSync(asked, { force: true })
  throw new Trouble(
    `项目需要 Node ${OLDEST.join('.')} 或更新版本,本机是 ${process.versions.node},自带的一份又未能装上。\n` +
      '请允许安装脚本后重试(npm rebuild node --ignore-scripts=false),或安装 Node 24。',
  )
}
