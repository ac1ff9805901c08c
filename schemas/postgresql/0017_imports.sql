-- What other systems call our contacts: answers that come over from there name people by it.
CREATE TABLE contact_refs (
    ref TEXT PRIMARY KEY,                -- with the system in front, such as delighted:4711
    contact_id TEXT NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX contact_refs_by_contact ON contact_refs (contact_id);
