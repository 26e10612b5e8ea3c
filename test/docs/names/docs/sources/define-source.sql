CREATE TABLE chats (person TEXT, id TEXT, order_key INTEGER, title TEXT);
