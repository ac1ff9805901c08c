/// What a mail means, written down: facts, words on an item, bounces, and the mail's own outcome; inside a
/// transaction.
#pragma once
#include "edge/store/ingest_step.hpp"
#include "edge/store/session.hpp"
#include "flow/ingest/mails.hpp"

namespace candour::store {

/// Of two hosts that have the mail one applies it; the other finds it settled.
Result<flow::AppliedMail> apply_mail(Session& session, IngestStep& ingest, const flow::MailToApply& mail,
                                     core::Instant now);
/// The same for a held mail, with what a person said instead of what its sender shows.
Result<flow::AppliedMail> assign_mail(Session& session, IngestStep& ingest,
                                      const flow::MailAssignment& assignment, core::Instant now);

}  // namespace candour::store
