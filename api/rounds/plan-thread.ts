import { parentPort, workerData } from 'node:worker_threads'
import { readPlan } from './plan-reading.js'

/** One plan, read aside; its whole life. */
parentPort?.postMessage(await readPlan(workerData))
