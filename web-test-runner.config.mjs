import {createServer, Server} from 'node:net';
import {defaultReporter} from '@web/test-runner';
import {playwrightLauncher} from '@web/test-runner-playwright';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {CHROMIUM_ARGS, findChromium} from './scripts/find-chromium.mjs';
import {totalsReporter} from './scripts/wtr-totals.mjs';
import {policyPages} from './test/setup/policy-pages.mjs';

const {executablePath, env, source} = await findChromium();
if (process.env['CI'] || process.env['NPM_CHROMIUM']) console.log(`Chromium (${source}): ${executablePath}`);

listenOnLoopbackOnly();

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/{elements,virtual,package-browser}/**/*.test.ts'],
  hostname: '127.0.0.1',
  port: await freePort(),
  concurrency: 2,
  staticLogging: process.stdout.isTTY !== true,
  nodeResolve: true,
  plugins: [esbuildPlugin({ts: true, tsconfig: 'tsconfig.json', target: 'esnext'})],
  middleware: [policyPages()],
  browsers: [playwrightLauncher({product: 'chromium', launchOptions: {executablePath, env, args: CHROMIUM_ARGS}})],
  testFramework: {config: {timeout: 20_000}},
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
  coverageConfig: {
    include: ['src/**/*.ts'],
    reporters: ['text-summary', 'lcovonly'],
    reportDir: 'coverage',
  },
  reporters: [defaultReporter({reportTestProgress: process.stdout.isTTY === true}), totalsReporter()],
};

/** The runner takes the first free port from 8000 up, which two runs at the same time race for. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Told `127.0.0.1`, the runner's server passes no host on and so listens on every interface. */
function listenOnLoopbackOnly() {
  const {listen} = Server.prototype;
  Server.prototype.listen = function (options, ...rest) {
    const open = typeof options === 'object' && 'port' in options && options.host === undefined;
    return listen.call(this, open ? {...options, host: '127.0.0.1'} : options, ...rest);
  };
}
