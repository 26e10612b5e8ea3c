import {inBrowser} from './in-browser.js';

const assets = 'node_modules/@openim/wasm-client-sdk/assets';

await inBrowser({
  entry: 'open-im.page.ts',
  scripts: ['/wasm_exec.js'],
  files: {
    '/wasm_exec.js': `${assets}/wasm_exec.js`,
    '/openIM.wasm': `${assets}/openIM.wasm`,
    '/sql-wasm.wasm': `${assets}/sql-wasm.wasm`,
  },
});
