/** Where the time of a CPU profile went: functions by their own time, and by all of it with what they called. */
export function summarize({nodes, samples, timeDeltas}, top = 40) {
  const byId = new Map(nodes.map((node) => [node.id, {...node, self: 0}]));
  samples.forEach((id, i) => (byId.get(id).self += timeDeltas[i] / 1000));
  const own = new Map();
  const whole = new Map();
  const visit = (node, above) => {
    const name = nameOf(node);
    own.set(name, (own.get(name) ?? 0) + node.self);
    const inner = above.has(name) ? above : new Set([...above, name]);
    let total = node.self;
    for (const child of node.children ?? []) total += visit(byId.get(child), inner);
    // A function that calls itself counts once.
    if (!above.has(name)) whole.set(name, (whole.get(name) ?? 0) + total);
    return total;
  };
  visit(byId.get(nodes[0].id), new Set());
  const list = (map) => [...map].sort((a, b) => b[1] - a[1]).slice(0, top);
  const line = ([name, ms]) => `${ms.toFixed(1).padStart(9)}  ${name}`;
  return `own time, ms\n${list(own).map(line).join('\n')}\n\nwith what they called, ms\n${list(whole).map(line).join('\n')}`;
}

/** What kinds of work the main thread did: the thread's own time in the events of a trace, less that of events in them. */
export function summarizeKinds(events, top = 25) {
  const spans = events.filter(({ph, tdur}) => ph === 'X' && tdur > 0).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const kinds = new Map();
  const open = [];
  for (const {name, ts, dur, tdur} of spans) {
    while (open.length > 0 && open.at(-1).end <= ts) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined) kinds.get(outer.name).ms -= tdur / 1000;
    const kind = kinds.get(name) ?? {ms: 0, count: 0};
    kinds.set(name, {ms: kind.ms + tdur / 1000, count: kind.count + 1});
    open.push({name, end: ts + dur});
  }
  const sorted = [...kinds].sort((a, b) => b[1].ms - a[1].ms).slice(0, top);
  return sorted.map(([name, {ms, count}]) => `${ms.toFixed(1).padStart(9)}  ${String(count).padStart(6)} × ${name}`).join('\n');
}

function nameOf({callFrame: {functionName, url, lineNumber}}) {
  return `${functionName || '(anonymous)'}${url === '' ? '' : `:${lineNumber + 1}`}`;
}
