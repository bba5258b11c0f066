import { parentPort, workerData } from 'node:worker_threads';
import { copyNow } from './copy-now';

const { from, to } = workerData as { from: string; to: string };
parentPort!.postMessage(copyNow(from, to));
