-- A Prosody 0.12 for the end-to-end tests: on this machine only, with everything in one temporary folder.
local home = os.getenv("E2E_HOME");
local inbox = os.getenv("E2E_INBOX") == "1";
pidfile = home.."/prosody.pid"
data_path = home.."/data"
certificates = home
plugin_paths = { os.getenv("E2E_MODS") }
log = { info = home.."/prosody.log" }
interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { }
s2s_ports = { }
http_ports = { tonumber(os.getenv("E2E_HTTP_PORT")) }
https_ports = { }
component_ports = { tonumber(os.getenv("E2E_COMPONENT_PORT")) }
component_interfaces = { "127.0.0.1" }

authentication = "internal_plain"
allow_unencrypted_plain_auth = true
c2s_require_encryption = false
consider_websocket_secure = true -- else no login is offered on ws://
http_default_host = "localhost"

modules_enabled = {
  "roster"; "saslauth"; "disco"; "ping"; "posix";
  "websocket"; "smacks"; "csi_simple";
  "carbons"; "mam"; "pep"; "bookmarks"; "blocklist"; "private"; "vcard4"; "vcard_legacy";
  inbox and "inbox_lite" or nil;
}
-- With an archive, messages kept for later would come once more.
modules_disabled = { "s2s"; "tls"; "offline"; }

storage = "sql"
sql = { driver = "SQLite3", database = home.."/data/prosody.sqlite" }
default_archive_policy = true
archive_expires_after = "never"
max_archive_query_results = 250
pep_max_items = 20000 -- 256 as it comes: markers, bookmarks and drafts together
limits = {}
c2s_timeout = 300
smacks_hibernation_time = 60

VirtualHost "localhost"

Component "rooms.localhost" "muc"
  modules_enabled = { "muc_mam" }
  muc_log_by_default = true
  muc_log_expires_after = "never"
  max_archive_query_results = 250
  muc_room_default_public = true
  muc_room_default_persistent = true
  muc_room_locking = false
  restrict_room_creation = false

Component "peers.localhost"
  component_secret = "s3cret"
