import { parentPort, workerData } from 'node:worker_threads';
import decode from 'heic-decode';

// The decoder is one long synchronous call into WebAssembly: beside the main thread it delays nobody, and can be ended.
const { width, height, data } = await decode({ buffer: workerData });
// The decoder allocates its pixels itself, so that they never lie in shared memory.
parentPort?.postMessage({ width, height, data }, [data.buffer as ArrayBuffer]);
