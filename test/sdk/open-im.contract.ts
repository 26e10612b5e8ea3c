import {inBrowser} from './in-browser.js';

const sdk = 'node_modules/@openim/wasm-client-sdk';
const assets = `${sdk}/assets`;

await inBrowser({
  entry: 'open-im.page.ts',
  scripts: ['/wasm_exec.js'],
  files: {
    // The SDK looks for it beside its own module.
    '/worker.js': `${sdk}/lib/worker.js`,
    '/wasm_exec.js': `${assets}/wasm_exec.js`,
    '/openIM.wasm': `${assets}/openIM.wasm`,
    '/sql-wasm.wasm': `${assets}/sql-wasm.wasm`,
  },
});
