-- An inbox (XEP-0430) on top of the archive's events, in one row for each user and peer:
-- { when, id, unread, mid, from, xml }. Written for this project; see docs/sources/xmpp.md.
local st, jid, rsm, time = require "util.stanza", require "util.jid", require "util.rsm", require "util.time";
local parse = require "util.xml".parse;
local ns, ns_mds, ns_markers = "urn:xmpp:inbox:1", "urn:xmpp:mds:displayed:0", "urn:xmpp:chat-markers:0";
local map, kv = module:open_store("inbox_lite", "map"), module:open_store("inbox_lite");
local cache = {};

module:add_feature(ns);

local function rows(user)
	local r = cache[user];
	if not r then r = kv:get(user) or {}; cache[user] = r; end
	return r;
end
local function put(user, with, row)
	rows(user)[with] = row;
	map:set(user, with, row);
end

-- What is changed or taken back is shown as it is now; it stays where it is.
local function change(user, with, row, target, from, edit)
	if not row or row.mid ~= target or row.from ~= from then return; end
	local stanza = row.xml and parse(row.xml);
	if not stanza then return; end
	stanza:maptags(function (tag) return tag.name ~= "body" and tag or nil; end);
	edit(stanza);
	row.xml = tostring(stanza);
	put(user, with, row);
end

module:hook("archive-message-added", function (event)
	local user, s = event.for_user, event.stanza;
	local from = jid.bare(s.attr.from);
	local out = from == user.."@"..module.host;
	local with = out and jid.bare(s.attr.to) or from; -- 0.12 does not say it
	local row = rows(user)[with];
	local replace, retract = s:get_child("replace", "urn:xmpp:message-correct:0"), s:get_child("retract", "urn:xmpp:message-retract:1");
	if retract then
		return change(user, with, row, retract.attr.id, from, function (m) m:tag("retracted", { xmlns = "urn:xmpp:message-retract:1" }):up(); end);
	elseif replace then
		return change(user, with, row, replace.attr.id, from, function (m) m:text_tag("body", s:get_child_text("body") or ""); end);
	elseif not s:get_child("body") or s.attr.type == "error" then
		return;
	end
	local unread = out and 0 or (row and row.unread or 0) + 1;
	put(user, with, { when = time.now(), id = event.id, unread = unread, mid = s.attr.id, from = from, xml = tostring(s) });
end);

-- Reading: an own <displayed/> (XEP-0333), or a marker among the person's devices (XEP-0490).
local function read(user, with)
	local row = rows(user)[with];
	if row and row.unread ~= 0 then row.unread = 0; put(user, with, row); end
end
local function outgoing(event)
	local displayed = event.stanza:get_child("displayed", ns_markers);
	if displayed and event.origin.username then read(event.origin.username, jid.bare(event.stanza.attr.to)); end
end
for _, name in ipairs { "pre-message/bare", "pre-message/full" } do module:hook(name, outgoing, 10); end
module:hook("iq/bare/http://jabber.org/protocol/pubsub:pubsub", function (event)
	local origin, stanza = event.origin, event.stanza;
	if stanza.attr.type ~= "set" or not origin.username then return; end
	local to = stanza.attr.to;
	if to and jid.bare(to) ~= origin.username.."@"..module.host then return; end
	local publish = stanza.tags[1]:get_child("publish");
	if publish and publish.attr.node == ns_mds then
		for item in publish:childtags("item") do read(origin.username, item.attr.id); end
	end
end, 10);

local function stamp(when)
	return os.date("!%Y-%m-%dT%H:%M:%S", math.floor(when))..(".%03dZ"):format(math.floor(when % 1 * 1000));
end

module:hook("iq-set/self/"..ns..":inbox", function (event)
	local origin, stanza = event.origin, event.stanza;
	local query = stanza.tags[1];
	local set = rsm.get(query) or {};
	local only = query.attr["unread-only"] == "true";
	local list, all, unread = {}, 0, 0;
	for with, r in pairs(rows(origin.username)) do
		if r.unread > 0 then unread, all = unread + 1, all + r.unread; end
		if not only or r.unread > 0 then list[#list + 1] = { with = with, r = r }; end
	end
	table.sort(list, function (a, b)
		if a.r.when ~= b.r.when then return a.r.when > b.r.when; end
		return a.with < b.with;
	end);
	local first_index = 1;
	if set.after then -- "<when>|<jid>": the place stays while rows rise
		local when, with = set.after:match("^([%d%.]+)|(.*)$");
		when = tonumber(when) or 0;
		while list[first_index] and (list[first_index].r.when > when or (list[first_index].r.when == when and list[first_index].with <= with)) do
			first_index = first_index + 1;
		end
	end
	local first, last;
	for i = first_index, math.min(#list, first_index + math.min(set.max or 50, 1000) - 1) do
		local e = list[i];
		local place = ("%.6f|%s"):format(e.r.when, e.with);
		first, last = first or place, place;
		local message = parse(e.r.xml);
		message.attr.xmlns = "jabber:client";
		origin.send(st.message({ to = stanza.attr.from, from = stanza.attr.to })
			:tag("entry", { xmlns = ns, jid = e.with, id = e.r.id, unread = ("%d"):format(e.r.unread) }):up()
			:tag("result", { xmlns = "urn:xmpp:mam:2", id = e.r.id })
				:tag("forwarded", { xmlns = "urn:xmpp:forward:0" })
					:tag("delay", { xmlns = "urn:xmpp:delay", stamp = stamp(e.r.when) }):up()
					:add_child(message));
	end
	origin.send(st.reply(stanza)
		:tag("fin", { xmlns = ns, total = ("%d"):format(#list), unread = ("%d"):format(unread), ["all-unread"] = ("%d"):format(all) })
			:add_child(rsm.generate { first = first, last = last, count = #list }));
	return true;
end);
