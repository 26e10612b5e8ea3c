/** Builds a database as version 1 made it, with nothing of today's code. Runs in a page too, so it uses nothing around it. */
export async function buildOldDatabase(name: string): Promise<void> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const db = opening.result;
    db.createObjectStore('rows', {keyPath: 'id'}).createIndex('by', 'by', {multiEntry: true});
    db.createObjectStore('queue', {autoIncrement: true});
    db.createObjectStore('meta');
  };
  await new Promise((resolve, reject) => {
    opening.onsuccess = resolve;
    opening.onerror = reject;
  });
  const db = opening.result;
  const tx = db.transaction(['rows', 'queue', 'meta'], 'readwrite');
  const rows = tx.objectStore('rows');
  // 2 ** 64 - 1 less the order key, as 17 hexadecimal digits.
  const [first, second, third] = ['0fffffffffffffc17', '0fffffffffffffc18', '0bfffffffffffffff'];
  const facts = {title: 'Ana', pinned: false, unreadCount: 0, notify: 'all', marks: [], groups: []};
  // Found by type, mark and group only.
  rows.put({
    id: 'read', epoch: 3, by: [['', first, 'read'], ['tdirect', first, 'read']],
    c: {...facts, key: first, type: 'direct', lastMessage: {id: 'm1', type: 'text', text: 'Hello', state: 'normal', sentAt: 1000}},
  });
  rows.put({
    id: 'unread', epoch: 3, by: [['', second, 'unread'], ['tgroup', second, 'unread'], ['gwork', second, 'unread']],
    c: {...facts, key: second, type: 'group', title: 'Work', unreadCount: 4, mention: 'me', groups: ['work']},
  });
  rows.put({
    id: 'pinned', epoch: 3, by: [['', third, 'pinned'], ['tdirect', third, 'pinned'], ['mstar', third, 'pinned']],
    c: {...facts, key: third, type: 'direct', title: 'Ben', pinned: true, marks: ['star'], draft: {text: 'Dear Ben', editedAt: 5}},
    base: {...facts, key: third, type: 'direct', title: 'Ben', pinned: true, marks: ['star']},
  });
  rows.put({id: 'broken', epoch: 3, by: [['', 'nonsense', 'broken']], c: {key: 'nonsense', type: 'direct'}});
  tx.objectStore('queue').put({name: 'setDraft', args: ['pinned', 'Dear Ben'], ids: ['pinned'], at: 5, tries: 0});
  const meta = tx.objectStore('meta');
  meta.put(3, 'epoch');
  meta.put(true, 'complete');
  meta.put(4, 'unread');
  meta.put('unread', 'scroll');
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = reject;
  });
  db.close();
}
