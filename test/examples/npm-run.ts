import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {EXAMPLES} from '../../scripts/examples.mjs';

/** Those that are installed and asked for. */
export const chosen: readonly string[] = process.env['EXAMPLES']?.split(' ') ?? EXAMPLES;

export function folderOf(example: string): string {
  return fileURLToPath(new URL(`../../examples/${example}`, import.meta.url));
}

/** Runs a script of an example; rejects with all it says if it fails. */
export function npmRun(example: string, script: string): Promise<void> {
  const options = {cwd: folderOf(example), shell: process.platform === 'win32'};
  const child = spawn('npm', ['run', script, '--silent'], options);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${example}: ${script}\n${said}`))));
  });
}
