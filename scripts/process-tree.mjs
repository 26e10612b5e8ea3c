import {readdirSync, readFileSync} from 'node:fs';

/**
 * Ends a process and what it has started, at once: browsers and their drivers form groups of their own, which the end
 * of the process that started them does not reach. Where there is no `/proc`, the process alone.
 *
 * @param {number} pid
 */
export function killTree(pid) {
  const parents = parentsOfAll();
  const tree = [pid];
  for (const parent of tree) tree.push(...[...parents].filter(([, p]) => p === parent).map(([child]) => child));
  for (const each of tree) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // Ended by itself.
    }
  }
}

/** @returns {Map<number, number>} each process and the one that started it */
function parentsOfAll() {
  const parents = new Map();
  let names = [];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    // No such system.
  }
  for (const name of names) {
    try {
      // `pid (name) state ppid …`, where the name may hold anything.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      parents.set(Number(name), Number(parent));
    } catch {
      // Ended meanwhile.
    }
  }
  return parents;
}
