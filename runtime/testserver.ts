import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { officialDownload } from './official-download.js'
import { cacheFolder } from './project.js'
import { type Say, silent } from './service.js'
import { canInstall, installPackages, onPath } from './system-packages.js'
import { Trouble } from './trouble.js'

const run = promisify(execFile)

/** On Maven Central; the version that was tried with this project. */
const JAR = { group: 'io.temporal', name: 'temporal-test-server', version: '1.38.0' } as const

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bihuan</groupId><artifactId>skipping-server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>${JAR.group}</groupId><artifactId>${JAR.name}</artifactId><version>${JAR.version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`

/** What is kept was made by this recipe: another recipe is another folder. */
const RECIPE = createHash('sha256').update(POM).digest('hex').slice(0, 8)

/** An executable for `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path' } } })`. */
export type SkippingServer = { readonly path: string; readonly how: string }

/**
 * Temporal's test server with skipped time: `BIHUAN_SKIPPING_SERVER`, our cache, the SDK's own download, or its
 * Java original from Maven Central.
 *
 * @throws Trouble when none can be had.
 */
export const skippingServer = async ({
  say = silent,
  env = process.env,
}: {
  say?: Say
  env?: NodeJS.ProcessEnv
} = {}): Promise<SkippingServer> => {
  if (env.BIHUAN_SKIPPING_SERVER) {
    if (isExecutable(env.BIHUAN_SKIPPING_SERVER)) return { path: env.BIHUAN_SKIPPING_SERVER, how: '指定' }
    throw new Trouble(`BIHUAN_SKIPPING_SERVER 所指的 ${env.BIHUAN_SKIPPING_SERVER} 无法运行。`)
  }
  const folder = join(cacheFolder(env), 'skipping-server')
  const native = join(folder, 'temporal-test-server')
  const java = join(folder, `java-${JAR.version}-${RECIPE}`, 'temporal-test-server')
  if (isExecutable(native)) return { path: native, how: '官方下载' }
  if (isExecutable(java) && onPath('java')) return { path: java, how: 'Java' }

  try {
    say('跳时测试服务器:首次运行,正由官方下载取得……')
    await officialDownload('temporal-test-server', 'default', native)
    return { path: native, how: '官方下载' }
  } catch (error) {
    const { cause, message } = error as Error
    say(
      `跳时测试服务器:官方下载不可用(${cause instanceof Error ? cause.message : message}),改由 Maven 取 Java 版。`,
    )
  }
  await ensureJava(say)
  if (!isExecutable(java)) await fetchJars(dirname(java))
  say(`跳时测试服务器:Java 版已就绪,存于 ${dirname(java)}。`)
  return { path: java, how: 'Java' }
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const ensureJava = async (say: Say): Promise<void> => {
  const missing = [...(onPath('java') ? [] : ['default-jre-headless']), ...(onPath('mvn') ? [] : ['maven'])]
  if (missing.length === 0) return
  if (!canInstall()) {
    throw new Trouble(
      `测试所需的跳时服务器下载不到,改用 Java 版又缺少:${missing.join('、')}。请安装后重试,` +
        '或用 BIHUAN_SKIPPING_SERVER 指明 temporal-test-server 的路径。',
    )
  }
  say(`正在安装 ${missing.join('、')}……`)
  await installPackages(missing)
}

/** The quick flags of a short life: no second compiler, the simplest collector. */
const LAUNCHER = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp "$here/lib/*" io.temporal.testserver.TestServer "$@"
`

/** Everything is made beside and renamed into place, so that a fetch that was interrupted leaves nothing half done. */
const fetchJars = async (folder: string): Promise<void> => {
  const work = mkdtempSync(join(tmpdir(), 'bihuan-maven-'))
  mkdirSync(dirname(folder), { recursive: true })
  const draft = mkdtempSync(`${folder}.`)
  try {
    writeFileSync(join(work, 'pom.xml'), POM)
    await run(
      'mvn',
      [
        '-q',
        '-B',
        'dependency:copy-dependencies',
        `-DoutputDirectory=${join(draft, 'lib')}`,
        '-DincludeScope=runtime',
      ],
      { cwd: work },
    ).catch((error: { stdout?: string; message: string }) => {
      const words = (error.stdout || error.message).trim().split('\n').slice(0, 5).join('\n')
      throw new Trouble(`由 Maven 取跳时测试服务器未成:\n${words}`)
    })
    writeFileSync(join(draft, 'temporal-test-server'), LAUNCHER)
    chmodSync(join(draft, 'temporal-test-server'), 0o755)
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}
