import {Server} from 'node:net';
import {defaultReporter} from '@web/test-runner';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {heldFiles} from '../test/setup/held-files.mjs';
import {policyPages} from '../test/setup/policy-pages.mjs';
import {freePort} from './free-port.mjs';
import {totalsReporter} from './wtr-totals.mjs';

/**
 * What the browser tests share, whatever browser they run in.
 *
 * @returns {Promise<import('@web/test-runner').TestRunnerConfig>}
 */
export async function commonConfig() {
  listenOnLoopbackOnly();
  return {
    files: ['test/{elements,virtual,package-browser}/**/*.test.ts'],
    hostname: '127.0.0.1',
    // The runner takes the first free port from 8000 up, which two runs at the same time race for.
    port: await freePort(),
    staticLogging: process.stdout.isTTY !== true,
    nodeResolve: true,
    plugins: [esbuildPlugin({ts: true, tsconfig: 'tsconfig.json', target: 'esnext'})],
    middleware: [policyPages(), heldFiles()],
    // They end what hangs. Whatever a slow machine takes its time for is no failure.
    browserStartTimeout: 120_000,
    testsStartTimeout: 120_000,
    testsFinishTimeout: 600_000,
    testFramework: {config: {timeout: 60_000}},
    // The runner puts its own scripts behind the first `<head>` or else `<body>` that is written out. With none
    // for the head, the guard comes first of all.
    testRunnerHtml: (testFramework) => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>im-conversation-list tests</title>
  <script type="module" src="/test/setup/csp-guard.ts"></script>
  <body>
    <script type="module" src="/test/setup/install-guard.ts"></script>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>
`,
    // The development build of Lit is there for its warnings; that it is one needs no telling.
    filterBrowserLogs: ({args}) => !String(args[0]).startsWith('Lit is in dev mode.'),
    reporters: [defaultReporter({reportTestProgress: process.stdout.isTTY === true}), totalsReporter()],
  };
}

/** Told `127.0.0.1`, the runner's server passes no host on and so listens on every interface. */
function listenOnLoopbackOnly() {
  const {listen} = Server.prototype;
  Server.prototype.listen = function (options, ...rest) {
    const open = typeof options === 'object' && 'port' in options && options.host === undefined;
    return listen.call(this, open ? {...options, host: '127.0.0.1'} : options, ...rest);
  };
}
