import { parentPort, workerData } from 'node:worker_threads';
import { copyLog } from './copy-log';

const { from, to } = workerData as { from: string; to: string };
parentPort!.postMessage(copyLog(from, to));
