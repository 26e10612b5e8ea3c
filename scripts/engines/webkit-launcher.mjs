/**
 * Runs test pages in WebKit (MiniBrowser of WebKitGTK), one after the other in one window, over WebDriver.
 *
 * The runner's own launcher shows test pages in frames of a page that our policy would block, brings 190
 * packages along and waits for a driver that hangs.
 */
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {splitChord} from './chord.mjs';
import {startWebKitDriver} from './webkit-driver.mjs';

const COMMAND_LIMIT = 30_000;
/** A page that does not give way to an empty one within so long hangs, ms. */
const LEAVE_LIMIT = 10_000;
const BUTTONS = {left: 0, middle: 1, right: 2};

/** WebDriver's code points for keys that write no character. */
const KEYS = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A',
  Escape: '\uE00C', Space: ' ', PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017',
  F2: '\uE032', F10: '\uE03A', Meta: '\uE03D',
};

/** The browser that WebKitGTK brings for trying it out; `undefined` if there is none. Debian keeps it out of the path. */
export function findMiniBrowser() {
  if (!existsSync('/usr/lib')) return undefined;
  const folders = readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu'));
  const versions = ['webkit2gtk-4.1', 'webkitgtk-6.0'];
  const paths = versions.flatMap((version) => folders.map((folder) => join('/usr/lib', folder, version, 'MiniBrowser')));
  return paths.find((path) => existsSync(path));
}

/** Also a launcher of the test runner. */
export function webkitLauncher() {
  return new WebKitLauncher();
}

/**
 * The runner's own command for this refuses every driver.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function webkitViewport() {
  return {
    name: 'webkit-viewport',
    async executeCommand({command, payload, session}) {
      if (command !== 'resize-window') return undefined;
      await session.browser.resize(payload.width, payload.height);
      return true;
    },
  };
}

class WebKitLauncher {
  name = 'WebKit';
  // The runner's commands for keys and mouse know launchers by this name.
  type = 'webdriver';
  concurrency = 1;
  #driver;
  #session;
  #starting;
  #active;
  /** Width and height of what is not page in the window, px. */
  #bars = [0, 0];

  async startSession(id, url) {
    // Once, even if it fails: every file would wait for the same driver.
    await (this.#starting ??= this.#start());
    await this.resize(800, 600);
    this.#active = id;
    await this.#command('POST', '/url', {url});
  }

  isActive(id) {
    return this.#active === id;
  }

  async getBrowserUrl() {
    return this.#command('GET', '/url');
  }

  async stopSession() {
    this.#active = undefined;
    try {
      await this.#command('DELETE', '/actions', undefined, LEAVE_LIMIT);
      // Ends whatever the page still does.
      await this.#command('POST', '/url', {url: 'about:blank'}, LEAVE_LIMIT);
      await this.#left();
    } catch (error) {
      // A page that hangs would take those of all files after it along.
      console.log(`WebKit is started anew: ${error.message}`);
      await this.stop();
      this.#starting = undefined;
    }
    return {};
  }

  async startDebugSession() {
    throw new Error('WebKit is run without a screen.');
  }

  async stop() {
    const driver = this.#driver;
    this.#driver = undefined;
    if (driver && this.#session) {
      await this.#send('DELETE', `${driver.url}/session/${this.#session}`, undefined, LEAVE_LIMIT).catch(() => undefined);
    }
    this.#session = undefined;
    driver?.stop();
  }

  /** Runs the body of a function in the page. */
  async run(script, args = []) {
    return this.#command('POST', '/execute/sync', {script, args});
  }

  /** Makes the page so large, CSS px; the window is larger by its bars. It takes effect a moment later. */
  async resize(width, height) {
    const [wide, high] = this.#bars;
    // The display's pointer, which nobody moves, stays over the window's bar: without a window manager that is what
    // gives the window focus, and the page must not find it over its rows.
    await this.#command('POST', '/window/rect', {x: 400, y: 4980, width: width + wide, height: height + high});
  }

  async sendKeys(_id, keys) {
    const actions = keys.flatMap((key) => {
      const codes = splitChord(key).map((name) => KEYS[name] ?? name);
      const down = codes.map((value) => ({type: 'keyDown', value}));
      return [...down, ...codes.reverse().map((value) => ({type: 'keyUp', value}))];
    });
    await this.#command('POST', '/actions', {actions: [{type: 'key', id: 'keyboard', actions}]});
  }

  async sendMouseMove(_id, x, y) {
    await this.#pointer({type: 'pointerMove', duration: 0, x, y, origin: 'viewport'});
  }

  async sendMouseClick(id, x, y, button = 'left') {
    await this.sendMouseMove(id, x, y);
    await this.#pointer({type: 'pointerDown', button: BUTTONS[button]}, {type: 'pointerUp', button: BUTTONS[button]});
  }

  async sendMouseDown(_id, button = 'left') {
    await this.#pointer({type: 'pointerDown', button: BUTTONS[button]});
  }

  async sendMouseUp(_id, button = 'left') {
    await this.#pointer({type: 'pointerUp', button: BUTTONS[button]});
  }

  async resetMouse(id) {
    await this.#command('DELETE', '/actions');
    await this.sendMouseMove(id, 0, 0);
  }

  async #pointer(...actions) {
    const source = {type: 'pointer', id: 'mouse', parameters: {pointerType: 'mouse'}, actions};
    await this.#command('POST', '/actions', {actions: [source]});
  }

  /** Waits until the empty page is there; a script asked for while one page gives way to another is refused. */
  async #left() {
    for (const end = Date.now() + LEAVE_LIMIT; ; ) {
      const place = await this.#command('POST', '/execute/sync', {script: 'return location.href', args: []}, LEAVE_LIMIT).catch(String);
      if (place === 'about:blank') return;
      if (Date.now() > end) throw new Error(`The page stays: ${place}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #start() {
    this.#driver = await startWebKitDriver();
    const alwaysMatch = {
      browserName: 'MiniBrowser',
      pageLoadStrategy: 'none',
      'webkitgtk:browserOptions': {binary: findMiniBrowser(), args: ['--automation']},
    };
    const {sessionId} = await this.#send('POST', `${this.#driver.url}/session`, {capabilities: {alwaysMatch}});
    this.#session = sessionId;
    await this.#measureBars();
  }

  /** Before the first page: a script asked for while one page gives way to another is refused. */
  async #measureBars() {
    await this.resize(800, 600);
    const {width, height} = await this.#command('GET', '/window/rect');
    const script = 'return [innerWidth, innerHeight]';
    for (let attempt = 1; ; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      try {
        const [innerWidth, innerHeight] = await this.run(script);
        const bars = [width - innerWidth, height - innerHeight];
        // Else the page has yet to take the window's size.
        if (bars.every((size) => size >= 0 && size < 150)) {
          this.#bars = bars;
          return;
        }
      } catch (error) {
        if (attempt === 50) throw error;
      }
      if (attempt === 50) throw new Error("WebKit's window does not take the size it was given.");
    }
  }

  #command(method, path, body, limit) {
    return this.#send(method, `${this.#driver.url}/session/${this.#session}${path}`, body, limit);
  }

  async #send(method, url, body, limit = COMMAND_LIMIT) {
    const init = {method, signal: AbortSignal.timeout(limit)};
    const response = await fetch(url, body ? {...init, body: JSON.stringify(body)} : init);
    const {value} = await response.json();
    if (!response.ok) throw new Error(`WebKit's driver: ${value?.error}: ${value?.message}`);
    return value;
  }
}
