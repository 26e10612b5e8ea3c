const {port1, port2} = new MessageChannel();
const queue: (() => void)[] = [];

port1.onmessage = () => queue.shift()?.();

/** Calls back in a task of its own, in the order of the calls. */
export function post(callback: () => void): void {
  queue.push(callback);
  port2.postMessage(undefined);
}

/** As an answer from a network comes: in a task of its own. */
export function anotherTask(): Promise<void> {
  return new Promise(post);
}
