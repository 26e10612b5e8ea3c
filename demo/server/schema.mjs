/** What is kept, in words that SQLite and PostgreSQL share. */
export const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL DEFAULT 0, oldest BIGINT NOT NULL DEFAULT 0, last_key BIGINT NOT NULL DEFAULT 0,
    unread BIGINT NOT NULL DEFAULT 0, groups_version BIGINT NOT NULL DEFAULT 0)`,
  // A conversation as one person has it; one that was deleted stays for a while, to be told to whoever was away.
  `CREATE TABLE IF NOT EXISTS conversations (
    user_id TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
    order_key BIGINT NOT NULL, raised_key BIGINT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, avatar_url TEXT,
    pinned INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0,
    mention TEXT, notify TEXT NOT NULL DEFAULT 'all', marks TEXT NOT NULL DEFAULT '[]', groups TEXT NOT NULL DEFAULT '[]',
    draft TEXT, last_message TEXT, custom_data TEXT, read_up_to BIGINT,
    PRIMARY KEY (user_id, id))`,
  `CREATE INDEX IF NOT EXISTS by_order ON conversations (user_id, order_key DESC, id)`,
  `CREATE INDEX IF NOT EXISTS by_version ON conversations (user_id, version)`,
  `CREATE INDEX IF NOT EXISTS by_id ON conversations (id)`,
  `CREATE INDEX IF NOT EXISTS by_deletion ON conversations (raised_key) WHERE deleted = 1`,
  // Who is in a conversation that their list has forgotten: the next message brings it back.
  `CREATE TABLE IF NOT EXISTS absent (
    id TEXT NOT NULL, user_id TEXT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, avatar_url TEXT, PRIMARY KEY (id, user_id))`,
  `CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL, sender_id TEXT NOT NULL, text TEXT NOT NULL, sent_at BIGINT NOT NULL)`,
  `CREATE INDEX IF NOT EXISTS by_conversation ON messages (conversation_id, sent_at)`,
  `CREATE TABLE IF NOT EXISTS folders (user_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (user_id, id))`,
];
