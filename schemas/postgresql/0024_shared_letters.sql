-- Copies of a wave's mails keep what they share once: a million of them would be a dozen gigabytes.
CREATE TABLE shared_letters (
    id TEXT PRIMARY KEY,    -- the SHA-256 of the text
    text TEXT NOT NULL      -- with a place for each of the reader's parts, which message_copies.content then holds
);
-- NULL: the copy's content is the whole mail.
ALTER TABLE message_copies ADD COLUMN shared_id TEXT REFERENCES shared_letters (id);
CREATE INDEX copies_by_shared_letter ON message_copies (shared_id) WHERE shared_id IS NOT NULL;
