-- Fills the database of a Prosody that has made it and has not read from it yet: lua5.4 seed.lua DB, and on the standard
-- input lines of `user NAME`, `chats NAME CONVERSATIONS MESSAGES` and `contact NAME JID TITLE`.
local DBI = require "DBI";
local json = require "util.json";
local db = assert(DBI.Connect("SQLite3", arg[1]));
db:autocommit(false);

local host, now = "localhost", os.time();
local put = assert(db:prepare('INSERT INTO prosody (host, "user", store, "key", type, value) VALUES (?, ?, ?, ?, ?, ?)'));
local archive = assert(db:prepare(
	'INSERT INTO prosodyarchive (host, "user", store, "key", "when", "with", type, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'));

local function chats(user, conversations, messages)
	local total, last = conversations * messages, {};
	-- The same ones in every run; some conversations get more messages than others.
	local state = 42;
	local function random() state = (state * 1103515245 + 12345) % 2147483648; return state / 2147483648; end
	for k = 0, total - 1 do
		local i = k < conversations and k or math.floor(random() ^ 2 * conversations);
		local with = ("c%05d@peers.localhost"):format(i);
		local when, key = now - (total - k), ("seed-%08d"):format(k);
		local xml = ("<message to='%s@%s' from='%s/r' type='chat' id='m%d'><body>Message %d of contact %d: the quick brown fox jumps</body></message>")
			:format(user, host, with, k, k, i);
		assert(archive:execute(host, user, "archive", key, when, with, "xml", xml));
		local row = last[with] or { unread = 0 };
		row.when, row.id, row.mid, row.from, row.xml, row.unread = when, key, "m"..k, with, xml, row.unread + 1;
		last[with] = row;
	end
	for with, row in pairs(last) do assert(put:execute(host, user, "inbox_lite", with, "json", json.encode(row))); end
end

for line in io.lines() do
	local what, user, rest = line:match("^(%S+) (%S+) ?(.*)$");
	if what == "user" then assert(put:execute(host, user, "accounts", "password", "string", "secret"));
	elseif what == "chats" then local c, m = rest:match("(%d+) (%d+)"); chats(user, tonumber(c), tonumber(m));
	elseif what == "contact" then
		local jid, name = rest:match("^(%S+) (.*)$");
		assert(put:execute(host, user, "roster", jid, "json", json.encode { subscription = "none", groups = { Work = true }, name = name }));
	end
end
assert(db:commit());
