/** Small made-up archives for the tests, in each format, with broken parts. */

export const GOOD_LINES = [
  {group: 'general', topic: 'welcome', id: 1, timestamp: 1_600_000_000, sender: 7, text: 'Hello'},
  {group: 'general', topic: 'plans', id: 2, timestamp: 1_600_000_100, sender: 'Ana', text: 'First plan'},
  {group: 'kitchen', topic: 'welcome', id: 3, timestamp: 1_600_000_200, sender: 8, text: 'Another welcome'},
  {group: 'general', topic: 'plans', id: 4, timestamp: 1_600_000_300, sender: 7, text: 'Second plan'},
] as const;

export const BROKEN_LINES: readonly string[] = [
  '{"group": "general", "topic": "plans", "id": 5, "timest',
  'not json at all',
  '[1, 2, 3]',
  'null',
  '{"group": "general", "topic": 5, "id": 6, "timestamp": 1600000000, "text": "x"}',
  '{"group": 1, "topic": "a", "id": 6, "timestamp": 1600000000, "text": "x"}',
  '{"group": "general", "topic": "a", "id": {}, "timestamp": 1600000000, "text": "x"}',
  '{"group": "general", "topic": "a", "id": 6, "timestamp": "yesterday", "text": "x"}',
  '{"group": "general", "topic": "a", "id": 6, "timestamp": -5, "text": "x"}',
  '{"group": "general", "topic": "a", "id": 6, "timestamp": 1e300, "text": "x"}',
  '{"group": "general", "topic": "a", "id": 6, "timestamp": 1600000000, "text": ["x"]}',
];

/** The good lines with the broken ones between them. */
export function jsonLines(): string {
  const good = GOOD_LINES.map((line) => JSON.stringify(line));
  return [good[0], ...BROKEN_LINES, '', good[1], good[2], '   ', good[3], ''].join('\n');
}

export const TELEGRAM_CHATS = [
  {
    name: 'Ben Berg',
    type: 'personal_chat',
    id: 42,
    messages: [
      {
        id: 1,
        type: 'message',
        date: '2020-09-13T12:26:40',
        date_unixtime: '1600000000',
        from: 'Ben Berg',
        from_id: 'user42',
        text: 'Are you coming?',
        text_entities: [{type: 'plain', text: 'Are you coming?'}],
      },
      {
        id: 2,
        type: 'message',
        date_unixtime: '1600000060',
        from: 'Me Myself',
        from_id: 'user99',
        text: ['Yes, see ', {type: 'link', text: 'https://example.com'}, ' "there" {braces} ', 5],
      },
    ],
  },
  {
    name: 'Choir',
    type: 'private_supergroup',
    id: 43,
    messages: [
      {
        id: 1,
        type: 'service',
        date_unixtime: '1599999000',
        actor: 'Ana',
        action: 'create_group',
        title: 'Choir',
        text: '',
      },
      {
        id: 2,
        type: 'message',
        date_unixtime: '1600000030',
        from: 'Ana',
        from_id: 'user7',
        media_type: 'voice_message',
        file: 'voice_messages/audio_1.ogg',
        text: '',
      },
    ],
  },
  {
    name: 'News',
    type: 'public_channel',
    id: 44,
    messages: [
      {
        id: 9,
        type: 'message',
        date_unixtime: '1600000090',
        from: 'News',
        from_id: 'channel44',
        photo: 'photos/1.jpg',
        text: 'Look',
      },
    ],
  },
  {
    type: 'saved_messages',
    id: 99,
    messages: [
      {
        id: 5,
        type: 'message',
        date_unixtime: '1600000001',
        from: 'Me',
        from_id: 'user99',
        file: 'files/a.pdf',
        file_name: 'a.pdf',
        text: '',
      },
    ],
  },
  {name: null, type: 'bot_chat', id: 45, messages: []},
] as const;

/** A whole account's export, with broken messages among the good. */
export function telegramAccount(): string {
  const [direct, choir, ...others] = TELEGRAM_CHATS;
  const account = {
    about: 'Here is the data you requested.',
    personal_information: {user_id: 99, first_name: 'Me'},
    contacts: {about: '', list: [{user_id: 1, messages: [{text: 'not a chat'}]}]},
    chats: {about: 'chats', list: [direct, {...choir, messages: ['broken', ...choir.messages]}, ...others]},
  };
  // An unfinished string, a message without a date, and something that is none.
  const broken = '{"id": 3, "text": "oh,\n}, {"id": 4, "text": "no date"}, "what?"';
  return JSON.stringify(account, null, 1).replace('"broken"', broken);
}

/** One chat's export. */
export function telegramChat(): string {
  return JSON.stringify(TELEGRAM_CHATS[0], null, 1);
}
