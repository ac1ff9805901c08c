/// What hangs under `candour mail` beside `explain`.
#pragma once
#include "app/cli/frame.hpp"

namespace candour::app::cli {

void add_mail_ingest(CLI::App& mail, Line& line);  ///< hands a mail to the host, as a mail server would
void add_mail_desk(CLI::App& mail, Line& line);    ///< list, show, assign, dismiss, retry

}  // namespace candour::app::cli
