-- Which events each plugin wants to hear of. It stays while the plugin is away: what happens meanwhile waits in the journal.

CREATE TABLE wanted_events (
    plugin TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- contact.erased, mail.status
    PRIMARY KEY (plugin, kind)
);
