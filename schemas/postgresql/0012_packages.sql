-- Plugins that were installed: their packages as they came, and what this installation decided about each plugin.

-- A package is never changed; its digest says what is in it, whoever brought it.
CREATE TABLE plugin_packages (
    digest TEXT PRIMARY KEY,             -- 64 hexadecimal digits
    plugin TEXT NOT NULL,
    version TEXT NOT NULL,
    signer TEXT NOT NULL,                -- as the folder of trusted keys called it then; '': nobody whom we trust
    signer_key TEXT NOT NULL,            -- fingerprint; '': it is not signed
    bytes BYTEA NOT NULL,
    installed_by TEXT NOT NULL,
    installed_at BIGINT NOT NULL
);
CREATE INDEX plugin_packages_by_plugin ON plugin_packages (plugin, installed_at);

CREATE TABLE plugin_installations (
    plugin TEXT PRIMARY KEY,
    current TEXT NOT NULL,               -- the digest that runs when it is enabled; '': none was enabled yet
    previous TEXT NOT NULL,              -- the one before it, to roll back to; '': none
    offered TEXT NOT NULL,               -- installed and not yet enabled; '': none
    enabled BIGINT NOT NULL,             -- 0 or 1
    grants TEXT NOT NULL,                -- capabilities, each on a line
    version BIGINT NOT NULL,             -- 1 at first
    changed_by TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
