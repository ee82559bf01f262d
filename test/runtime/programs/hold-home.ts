/** Holds the home given as argument until it is killed. */
import { openHome } from '../../../runtime/home.js'

openHome(process.argv[2] ?? '')
process.stdout.write('held\n')
setInterval(() => undefined, 60_000)
