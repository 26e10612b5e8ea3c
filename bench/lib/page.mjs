/** A sample that takes longer is given up, ms. */
const TIMEOUT = 20_000;
/** Making and taking in a million conversations is not what is measured, but has to end too, ms. */
const LONGEST = 60_000;

/** The viewport of a phone. */
export const VIEWPORT = {width: 360, height: 800};

/** A sample that could not be taken; its message goes into the table. */
export class NoSample extends Error {}

/** One fresh page with one subject in it, driven over the DevTools protocol. */
export class Page {
  #page;
  #cdp;
  #browser;
  #failed;
  /** Set: what is timed is profiled instead; the profiles, */
  profiles;
  /** or else the events of its trace. */
  kinds = false;

  /** @param {import('playwright-core').BrowserContext} context */
  static async open(context, url, subject) {
    const page = new Page();
    page.#browser = context.browser();
    page.#page = await context.newPage();
    page.#failed = new Promise((_, reject) => {
      page.#page.on('pageerror', (error) => {
        // The emoji picker of one of them asks a server on the web, and gets no answer.
        if (error.message !== 'Failed to fetch') reject(new Error(`${subject}: ${error.stack ?? error}`));
      });
      page.#page.on('crash', () => reject(new NoSample('out of memory')));
    });
    page.#failed.catch(() => {});
    page.#cdp = await context.newCDPSession(page.#page);
    await page.#page.goto(`${url}/${encodeURIComponent(subject)}`);
    // The thread's own clock: what other programs do on the machine does not count.
    await page.#cdp.send('Performance.enable', {timeDomain: 'threadTicks'});
    return page;
  }

  async close() {
    await this.#page.close();
  }

  /** As for a person who has asked for it. */
  async reduceMotion() {
    await this.#page.emulateMedia({reducedMotion: 'reduce'});
  }

  /** Calls a method of the page's harness, to make ready what is measured later. */
  async call(method, ...args) {
    return this.#call(LONGEST, 'too long to take the data in', method, args);
  }

  /** Calls a method of the page's harness that a list may be too slow for. */
  async step(method, ...args) {
    return this.#call(TIMEOUT, `> ${TIMEOUT / 1000} s`, method, args);
  }

  /** Calls a method of the page's harness, and gives what it returned and the main thread's time, ms. */
  async time(method, ...args) {
    if (this.profiles !== undefined) return {result: await this.#profile(method, args), ms: 0};
    const before = await this.#metrics();
    const result = await this.step(method, ...args);
    const after = await this.#metrics();
    const spent = (name) => (after[name] - before[name]) * 1000;
    return {result, ms: spent('TaskDuration')};
  }

  /** Calls a method of the page's harness, and gives the tasks of the main thread and the marks set meanwhile. */
  async trace(method, ...args) {
    if (this.profiles !== undefined) return {result: await this.#profile(method, args), marks: [], tasks: []};
    const {result, events} = await this.#record(method, args);
    const ofName = (name) => events.filter((event) => event.name === name).sort((a, b) => a.ts - b.ts);
    return {
      result,
      marks: ofName('bench-frame').map(({ts}) => ts / 1000),
      tasks: ofName('RunTask').map(({ts, dur = 0, tdur = 0}) => ({at: ts / 1000, wall: dur / 1000, ms: tdur / 1000})),
    };
  }

  /** Bytes of the heap in use, after all garbage is gone. */
  async heap() {
    await this.#collect();
    return (await this.#cdp.send('Runtime.getHeapUsage')).usedSize;
  }

  /** Nodes in memory, after all garbage is gone. */
  async nodes() {
    await this.#collect();
    return (await this.#cdp.send('Memory.getDOMCounters')).nodes;
  }

  async #profile(method, args) {
    if (this.kinds) {
      const {result, events} = await this.#record(method, args);
      this.profiles.push(events);
      return result;
    }
    await this.#cdp.send('Profiler.enable');
    await this.#cdp.send('Profiler.setSamplingInterval', {interval: 100});
    await this.#cdp.send('Profiler.start');
    const result = await this.#call(LONGEST, 'too long', method, args);
    this.profiles.push((await this.#cdp.send('Profiler.stop')).profile);
    return result;
  }

  /** Calls a method under the tracer, and gives the events of the page's main thread. */
  async #record(method, args) {
    const categories = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'blink.user_timing'];
    await this.#browser.startTracing(this.#page, {categories});
    let result;
    let events;
    try {
      result = await this.step(method, ...args);
    } finally {
      events = JSON.parse((await this.#browser.stopTracing()).toString()).traceEvents;
    }
    const threads = new Map();
    const thread = ({pid, tid}) => `${pid} ${tid}`;
    for (const event of events) {
      if (event.name === 'thread_name' && event.args.name === 'CrRendererMain') threads.set(thread(event), 0);
    }
    for (const event of events) {
      if (threads.has(thread(event))) threads.set(thread(event), threads.get(thread(event)) + (event.tdur ?? 0));
    }
    // There may be another renderer, waiting for its first page.
    const [main] = [...threads].sort((a, b) => b[1] - a[1])[0];
    return {result, events: events.filter((event) => thread(event) === main)};
  }

  async #collect() {
    for (let i = 0; i < 3; i++) await this.#cdp.send('HeapProfiler.collectGarbage');
  }

  async #metrics() {
    const {metrics} = await this.#cdp.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({name, value}) => [name, value]));
  }

  async #call(limit, tooLong, method, args) {
    const expression = `globalThis.bench.${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;
    const answer = this.#cdp.send('Runtime.evaluate', {expression, awaitPromise: true, returnByValue: true});
    // When the page is closed before it has answered.
    answer.catch(() => {});
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new NoSample(tooLong)), limit);
    });
    try {
      const {result, exceptionDetails} = await Promise.race([answer, late, this.#failed]);
      if (exceptionDetails === undefined) return result.value;
      throw new Error(`${method}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    } finally {
      clearTimeout(timer);
    }
  }
}
