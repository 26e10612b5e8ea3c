const warned = new Set<string>();

/** Warns a developer on the console about a mistake, once for each message. */
export function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  console.warn(`im-conversation-list: ${message}`);
}
