/// Who of us knows whom of them: one thread for each pair, made of the meetings, calls and mails that both
/// took part in.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/relationship/touchpoint.hpp"

namespace candour::core {

struct Touch {
    TouchpointKind kind = TouchpointKind::meeting;
    Instant at;
    int minutes = 0;
    std::vector<std::string> contacts;   ///< ids
    std::vector<std::string> teammates;  ///< ids
};

struct Thread {
    std::string teammate;
    std::string contact;
    int meetings = 0;
    int calls = 0;
    int mails = 0;
    int minutes = 0;
    Instant last_at;

    int touches() const { return meetings + calls + mails; }
};

/// What was before `since` counts for nothing but the last time. The strongest first, then the latest.
std::vector<Thread> threads_of(std::span<const Touch> touches, Instant since);

}  // namespace candour::core
