/// What reached somebody's mailbox.
#pragma once
#include <string>
#include <vector>

namespace candour::journeys {

struct Letter {
    std::string recipients;  ///< of the envelope, as smtp-sink noted them
    std::string from, to, subject, message_id, text, html, raw;

    /// The first link in the text to a page under this path, such as "/l/".
    std::string link(const std::string& path) const;
    /// Every address in text and HTML.
    std::vector<std::string> addresses() const;
};

/// From bytes with all header lines in front. Throws runtime_error when they are no mail.
Letter read_letter(const std::string& raw);

}  // namespace candour::journeys
