-- Jobs that no plugin could end, found without a look at all the others.
CREATE INDEX dead_letters ON journal_outcomes (journal_id) WHERE outcome = 'dead_lettered';
