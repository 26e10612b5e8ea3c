import Dexie from 'dexie';

/** @type {typeof import('./dexie.js').openDexie} */
export function openDexie() {
  const db = new Dexie('bench-dexie');
  db.version(1).stores({rows: 'id, nk'});
  const rows = db.table('rows');
  return {
    fill: (all) => rows.bulkPut(all),
    read: (after, limit) => rows.where('nk').above(after).limit(limit).toArray(),
  };
}
