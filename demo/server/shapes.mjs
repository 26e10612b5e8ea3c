/** What a request may hold: nothing longer, deeper or of another kind gets past these. */
const text = (maxLength, minLength = 0) => ({type: 'string', minLength, maxLength});
const list = (items, maxItems) => ({type: 'array', items, maxItems});
const object = (properties, required = []) => ({type: 'object', properties, required, additionalProperties: false});

// Long enough for any id, and no match for a database.
const id = text(20_000);
const ids = list(id, 100);
const name = text(200, 1);
const bool = {type: 'boolean'};
const filters = {
  type: list({enum: ['direct', 'group', 'channel', 'system', 'unknown']}, 5),
  mark: text(100),
  group: text(200),
  unread: bool,
  mention: bool,
  pinned: bool,
  hidden: bool,
  id: list(id, 100),
};

export const filter = {...object(filters), additionalProperties: true};
const pages = {limit: {type: 'integer', minimum: 1, maximum: 100, default: 50}, cursor: text(20_100)};
export const page = {...object({...pages, ...filters}), additionalProperties: true};
export const search = {...object({...pages, q: text(256)}, ['q']), additionalProperties: true};
export const patch = object(
  {
    ids,
    changes: object({
      pinned: bool,
      notify: {enum: ['all', 'mentions', 'silent', 'off']},
      hidden: bool,
      draft: {type: 'string', nullable: true, maxLength: 10_000},
      customData: text(10_000),
      marks: object({add: list(text(100, 1), 20), remove: list(text(100, 1), 20)}),
    }),
  },
  ['ids', 'changes'],
);
export const some = object({ids}, ['ids']);
export const read = object({ids: {anyOf: [{const: 'all'}, ids]}}, ['ids']);
export const remove = object({ids, clearHistory: bool}, ['ids']);
export const group = {...object({id: text(200)}, ['id']), additionalProperties: true};
export const named = object({name}, ['name']);
export const newGroup = object({name, ids}, ['name', 'ids']);
export const chat = object({type: {enum: ['direct', 'group', 'channel']}, title: name, members: list(text(200, 1), 500)}, ['type', 'title', 'members']);
export const message = object({conversation: id, text: text(10_000, 1)}, ['conversation', 'text']);
export const session = object({token: text(500, 1)}, ['token']);
