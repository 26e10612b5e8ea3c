/**
 * People, conversations, messages and how far each has read.
 *
 * Each change gives the person's list the next version and marks the conversation with it, in one transaction that holds
 * the person's line. So versions of a person become visible in order, and "what is newer than N" is all that a stream of
 * changes has to ask: nothing is queued for anybody, and nothing can be lost or told twice.
 */
import {createHash, randomBytes, randomUUID} from 'node:crypto';
import {badRequest, notFound} from './failure.mjs';
import {counted, fresh, fromTable, keyOf, rowsOf, toWire, whereOf} from './rows.mjs';
import {SCHEMA} from './schema.mjs';
import {findRows} from './search.mjs';

const COLUMNS = [
  'deleted', 'order_key', 'raised_key', 'type', 'title', 'avatar_url', 'pinned', 'hidden', 'unread', 'mention', 'notify', 'marks', 'groups',
  'draft', 'last_message', 'custom_data', 'read_up_to',
];
const hash = (token) => createHash('sha256').update(token).digest('hex');

export class Store {
  #db;
  #changed;
  /** Another after a database was set up anew: positions of before mean nothing in it. */
  epoch = '';

  /** @param changed given the people whose lists have changed, once that is on the disk */
  constructor(db, changed) {
    this.#db = db;
    this.#changed = changed;
  }

  async init() {
    await this.#db.init(SCHEMA);
    this.epoch = await this.#db.transaction(async (all) => {
      await all(`INSERT INTO meta (name, value) VALUES ('epoch', ?) ON CONFLICT (name) DO NOTHING`, [randomBytes(4).toString('hex')]);
      return (await all(`SELECT value FROM meta WHERE name = 'epoch'`))[0].value;
    });
  }

  /** Where a person's list stands, in a word that means nothing to anybody else's. */
  place(userId, version) {
    return `${this.epoch}${hash(userId).slice(0, 8)}.${version}`;
  }

  close() {
    return this.#db.close();
  }

  // People

  async addUser(id, name, token) {
    await this.#db.transaction((all) => all('INSERT INTO users (id, name, token_hash) VALUES (?, ?, ?)', [id, name, hash(token)]));
  }

  /** The id of whose token it is. */
  async userOf(token) {
    const [user] = await this.#read((all) => all('SELECT id FROM users WHERE token_hash = ?', [hash(token)]));
    return user?.id;
  }

  // What a list asks

  /** @returns {Promise<{version: number, oldest: number, unread: number, groupsVersion: number}>} */
  async state(userId) {
    return this.#read((all) => stateOf(all, userId));
  }

  async versions(userIds) {
    const rows = await this.#read((all) => all(`SELECT id, version FROM users WHERE id IN (${userIds.map(() => '?').join(', ')})`, userIds));
    return new Map(rows.map(({id, version}) => [id, Number(version)]));
  }

  async page(userId, query) {
    const {limit, after} = query;
    return this.#read(async (all) => {
      const {version} = await stateOf(all, userId);
      const rows = await rowsOf(all, userId, whereOf(query), after, limit + 1);
      const shown = rows.slice(0, limit).map(fromTable);
      return {conversations: shown.map(toWire), done: rows.length <= limit, last: shown.at(-1), version};
    });
  }

  search(userId, query) {
    return findRows((work) => this.#read(work), userId, query);
  }

  async total(userId, query) {
    const {sql, params} = whereOf(query);
    return this.#read(async (all) => {
      if (sql === '') return (await stateOf(all, userId)).unread;
      const rows = await all(
        `SELECT COALESCE(SUM(unread), 0) AS total FROM conversations WHERE user_id = ? AND deleted = 0 AND notify NOT IN ('silent', 'off')${sql}`,
        [userId, ...params],
      );
      return Number(rows[0].total);
    });
  }

  /** What is newer than a version, oldest first, and up to where that goes. */
  async since(userId, version, limit) {
    return this.#read(async (all) => {
      const state = await stateOf(all, userId);
      if (state.version === version) return {...state, rows: [], upTo: version};
      const found = await all('SELECT * FROM conversations WHERE user_id = ? AND version > ? ORDER BY version LIMIT ?', [userId, version, limit]);
      const rows = found.map(fromTable);
      const groups = state.groupsVersion > version ? await foldersOf(all, userId) : undefined;
      return {...state, rows, groups, upTo: rows.length < limit ? state.version : rows.at(-1).version};
    });
  }

  folders(userId) {
    return this.#read((all) => foldersOf(all, userId));
  }

  // What changes a list

  /** Does `change` to conversations of a person, each with its own answer. */
  async changeEach(userId, ids, change) {
    return this.#write(async (all, touched) => {
      const results = [];
      for (const id of new Set(ids)) {
        const [row] = await all('SELECT * FROM conversations WHERE user_id = ? AND id = ? AND deleted = 0', [userId, id]);
        if (row) await this.#put(all, touched, fromTable(row), change);
        results.push(row ? {id} : {id, error: {code: 'not-found', message: 'There is no such conversation'}});
      }
      return results;
    }, [userId]);
  }

  async changeAll(userId, sql, change) {
    return this.#write(async (all, touched) => {
      for (const row of await all(`SELECT * FROM conversations WHERE user_id = ? AND deleted = 0${sql}`, [userId])) {
        await this.#put(all, touched, fromTable(row), change);
      }
    }, [userId]);
  }

  /** Opens a conversation for people; `titles` says how each sees it. */
  async open({id = randomUUID(), type, titles}) {
    await this.#write(async (all, touched) => {
      for (const [userId, title] of titles) {
        const rows = await all('SELECT id FROM users WHERE id = ?', [userId]);
        if (rows.length === 0) throw notFound(`user ${userId}`);
        await all('DELETE FROM absent WHERE id = ? AND user_id = ?', [id, userId]);
        await this.#put(all, touched, fresh({user_id: userId, id, type, title, avatar_url: null}), (_, key) => ({deleted: 0, ...key()}));
      }
    }, [...titles.keys()]);
    return id;
  }

  /** A message goes to all who are in the conversation, in one transaction; whose list has forgotten it gets it anew. */
  async send(senderId, conversationId, text) {
    const members = await this.#read((all) =>
      all('SELECT user_id FROM conversations WHERE id = ? UNION SELECT user_id FROM absent WHERE id = ?', [conversationId, conversationId]),
    );
    const ids = members.map(({user_id}) => user_id);
    if (!ids.includes(senderId)) throw notFound('such conversation');
    const [id, sentAt] = [randomUUID(), Date.now()];
    await this.#write(async (all, touched) => {
      await all('INSERT INTO messages (id, conversation_id, sender_id, text, sent_at) VALUES (?, ?, ?, ?, ?)', [id, conversationId, senderId, text, sentAt]);
      const [{name}] = await all('SELECT name FROM users WHERE id = ?', [senderId]);
      const rows = await all('SELECT * FROM conversations WHERE id = ?', [conversationId]);
      const back = await all('DELETE FROM absent WHERE id = ? RETURNING *', [conversationId]);
      for (const row of [...rows.map(fromTable), ...back.map(fresh)]) {
        const own = row.user_id === senderId;
        const message = {id, senderId, senderName: name, type: 'text', text: text.slice(0, 300), sentAt, state: 'normal', ...(own && {isOwn: true})};
        await this.#put(all, touched, row, ({unread}, key) => ({
          deleted: 0, last_message: JSON.stringify(message), unread: own ? unread : Math.min(unread + 1, 2 ** 31 - 1), ...key(),
        }));
      }
    }, ids);
    return id;
  }

  async createFolder(userId, name, ids) {
    const id = randomUUID();
    await this.#folders(userId, (all) => all('INSERT INTO folders (user_id, id, name) VALUES (?, ?, ?)', [userId, id, name]));
    if (ids.length > 0) await this.changeEach(userId, ids, inFolder(id, true));
    return {id, name};
  }

  async renameFolder(userId, id, name) {
    const rows = await this.#folders(userId, (all) => all('UPDATE folders SET name = ? WHERE user_id = ? AND id = ? RETURNING id', [name, userId, id]));
    if (rows.length === 0) throw notFound('such group');
  }

  async deleteFolder(userId, id) {
    const rows = await this.#folders(userId, (all) => all('DELETE FROM folders WHERE user_id = ? AND id = ? RETURNING id', [userId, id]));
    if (rows.length === 0) throw notFound('such group');
    const {sql, params} = whereOf({group: id});
    if (params.length !== 1) throw badRequest('A group has an id');
    const held = await this.#read((all) => all(`SELECT id FROM conversations WHERE user_id = ? AND deleted = 0${sql}`, [userId, ...params]));
    if (held.length > 0) await this.changeEach(userId, held.map((row) => row.id), inFolder(id, false));
  }

  async moveToFolder(userId, id, ids, into) {
    const folders = await this.folders(userId);
    if (!folders.some((folder) => folder.id === id)) throw notFound('such group');
    return this.changeEach(userId, ids, inFolder(id, into));
  }

  /**
   * Forgets what was deleted before a moment, and keeps who is in it.
   *
   * A stream that is to go on from before that cannot tell of it any more, which the person's `oldest` says.
   */
  async prune(before) {
    const old = 'deleted = 1 AND raised_key < ?';
    const theirs = `FROM conversations WHERE user_id = ? AND ${old}`;
    const key = BigInt(Math.floor(before)) << 20n;
    for (;;) {
      const rows = await this.#read((all) => all(`SELECT user_id FROM conversations WHERE ${old} LIMIT 500`, [key]));
      if (rows.length === 0) return;
      for (const userId of new Set(rows.map(({user_id}) => user_id))) {
        await this.#write(async (all) => {
          await all(`INSERT INTO absent (id, user_id, type, title, avatar_url) SELECT id, user_id, type, title, avatar_url ${theirs}`, [userId, key]);
          const gone = await all(`DELETE ${theirs} RETURNING version`, [userId, key]);
          const {oldest} = await stateOf(all, userId);
          await all('UPDATE users SET oldest = ? WHERE id = ?', [gone.reduce((most, {version}) => Math.max(most, Number(version)), oldest), userId]);
        }, [userId]);
      }
    }
  }

  /** Reads what is on the disk, all of it as at one moment. */
  #read(work) {
    return this.#db.transaction(work, {reads: true});
  }

  /** Writes to lists of people, whose lines it holds; always in one order, so that no two wait for each other. */
  async #write(work, userIds) {
    const touched = new Set();
    const value = await this.#db.transaction(async (all) => {
      touched.clear();
      for (const userId of [...new Set(userIds)].sort()) await all('UPDATE users SET version = version WHERE id = ?', [userId]);
      return work(all, touched);
    });
    if (touched.size > 0) this.#changed([...touched]);
    return value;
  }

  #folders(userId, work) {
    return this.#write(async (all, touched) => {
      const rows = await work(all);
      await all('UPDATE users SET version = version + 1, groups_version = version + 1 WHERE id = ?', [userId]);
      touched.add(userId);
      return rows;
    }, [userId]);
  }

  /** Gives a conversation what `change` makes of it, the person's next version, and a raised key if that asks for one. */
  async #put(all, touched, before, change) {
    const {user_id, id} = before;
    const [user] = await all('SELECT version, last_key FROM users WHERE id = ?', [user_id]);
    let raised = BigInt(user.last_key);
    const key = () => {
      const now = BigInt(Date.now()) << 20n;
      raised = now > raised ? now : raised + 1n;
      return {raised_key: raised};
    };
    const after = {...before, ...change(before, key)};
    // When it was deleted is the last that is told of it.
    if (after.deleted === 1 && before.deleted === 0) Object.assign(after, key());
    after.order_key = keyOf(after.raised_key, after.pinned === 1);
    const values = COLUMNS.map((name) => (Array.isArray(after[name]) ? JSON.stringify(after[name]) : after[name]));
    if (before.version !== undefined && values.every((value, i) => same(value, before[COLUMNS[i]]))) return;
    const version = BigInt(user.version) + 1n;
    const places = COLUMNS.map(() => '?').join(', ');
    await all(
      `INSERT INTO conversations (user_id, id, version, ${COLUMNS.join(', ')}) VALUES (?, ?, ?, ${places}) ` +
        `ON CONFLICT (user_id, id) DO UPDATE SET version = excluded.version, ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      [user_id, id, version, ...values],
    );
    await all('UPDATE users SET version = ?, last_key = ?, unread = unread + ? WHERE id = ?', [
      version, raised, counted(after) - counted(before), user_id,
    ]);
    touched.add(user_id);
  }
}

const same = (value, old) => value === (Array.isArray(old) ? JSON.stringify(old) : old);

const inFolder = (id, into) => ({groups}) => {
  const others = groups.filter((one) => one !== id);
  return {groups: into ? [...others, id] : others};
};

async function stateOf(all, userId) {
  const [user] = await all('SELECT version, oldest, unread, groups_version FROM users WHERE id = ?', [userId]);
  if (!user) throw notFound('such user');
  return {version: Number(user.version), oldest: Number(user.oldest), unread: Number(user.unread), groupsVersion: Number(user.groups_version)};
}

async function foldersOf(all, userId) {
  return all('SELECT id, name FROM folders WHERE user_id = ? ORDER BY name, id', [userId]);
}
