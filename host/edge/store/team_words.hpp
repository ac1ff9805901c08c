/// What one of us wrote back to a mail about items; inside a transaction.
#pragma once
#include <string>

#include "edge/store/mail_known.hpp"

namespace candour::store {

/// Their words on the item, as the command of the same name writes them; or one mail to them that says what
/// was not done and why. `zone` is where the organisation's days end. Errors: only what another try may mend.
Result<MailEnding> take_team_words(Session& session, const KnownMail& known, const core::MailVerdict& verdict,
                                   const std::string& zone, MailEnding ending);

}  // namespace candour::store
