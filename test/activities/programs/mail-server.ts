/** A mail server in a process of its own, to be killed: says its address, then each mail it has taken whole, and never answers. */
import { startSmtp } from '../../support/smtp.js'

const server = await startSmtp({
  at: async (stage, address) => {
    if (stage !== 'text') return 'go on'
    console.log(`took ${address}`)
    return new Promise(() => undefined)
  },
})
console.log(server.url)
