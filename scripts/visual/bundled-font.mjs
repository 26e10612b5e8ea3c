/** Has Chromium see no font but the one that comes with it, whatever the machine has. */
import {mkdirSync, renameSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {findChromium} from '../find-chromium.mjs';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));

/**
 * The environment for Chromium as npm brought it.
 *
 * @returns {Promise<Record<string, string>>} rejects where there is none
 */
export async function bundledFont() {
  const {executablePath} = await findChromium();
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${join(dirname(executablePath), 'fonts')}</dir>`,
    `  <cachedir>${join(CACHE, 'visual-fonts')}</cachedir>`,
    '</fontconfig>',
    '',
  ];
  mkdirSync(CACHE, {recursive: true});
  const file = join(CACHE, 'visual-fonts.conf');
  // Whole at every moment, for others who write it too.
  const staging = `${file}.${process.pid}`;
  writeFileSync(staging, lines.join('\n'));
  renameSync(staging, file);
  return {FONTCONFIG_FILE: file};
}
