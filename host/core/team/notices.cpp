#include "core/team/notices.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace candour::core {
namespace {

struct News {
    Event on;
    NoticeKind kind;
};

/// What the owner hears. Where one step has several of them the first one counts.
constexpr std::array kNews{
    News{Event::raised, NoticeKind::assignment},
    News{Event::handed_on, NoticeKind::assignment},
    News{Event::answered_again, NoticeKind::customer_answered},
    News{Event::corrected, NoticeKind::customer_answered},
    News{Event::replied, NoticeKind::customer_answered},
    News{Event::closing_answered, NoticeKind::customer_answered},
    News{Event::seen, NoticeKind::customer_answered},
    News{Event::confirmed, NoticeKind::customer_answered},
    News{Event::reopened, NoticeKind::reopened},
    News{Event::undeliverable, NoticeKind::undelivered},
    News{Event::bounced, NoticeKind::undelivered},
    News{Event::message_bounced, NoticeKind::undelivered},
};

std::optional<NoticeKind> news(Event event) {
    for (const News& row : kNews)
        if (row.on == event) return row.kind;
    return std::nullopt;
}

std::string field(const Content& content, const char* name) {
    const auto found = content.find(name);
    return found == content.end() ? std::string() : found->second;
}

/// These events say themselves whom they are for.
bool is_reminder(Event event) {
    return event == Event::owner_reminded || event == Event::manager_reminded ||
           event == Event::sponsor_reminded || event == Event::channel_asked;
}

class Telling {
 public:
    explicit Telling(std::string actor) : actor_(std::move(actor)) {}

    void tell(const std::string& who, NoticeKind kind, std::string about, int n) {
        const bool told = std::any_of(notices.begin(), notices.end(),
                                      [&](const Notice& one) { return one.teammate == who; });
        if (!who.empty() && who != actor_ && !told) notices.push_back({who, kind, std::move(about), n});
    }

    std::vector<Notice> notices;

 private:
    std::string actor_;
};

}  // namespace

NoticeChoice usual_choice(NoticeKind kind) {
    const bool can_wait = kind == NoticeKind::due_soon || kind == NoticeKind::watching;
    return can_wait ? NoticeChoice::digest : NoticeChoice::now;
}

bool is_news(Event event) {
    return news(event).has_value();
}

bool is_undelivered(Event event) {
    return news(event) == NoticeKind::undelivered;
}

std::vector<Notice> notices_of(const Item& after, const std::vector<LedgerEvent>& events,
                               const std::vector<std::string>& watchers) {
    if (events.empty()) return {};
    Telling telling(events.front().actor);
    int n = after.version - static_cast<int>(events.size());
    for (const LedgerEvent& event : events) {
        ++n;
        const std::string name(name_of(kEvents, event.event));
        if (is_reminder(event.event)) {
            const std::string step = field(event.content, "step");
            telling.tell(field(event.content, "teammate"), NoticeKind::overdue,
                         step.empty() ? "another_channel" : step, n);
        }
        const std::optional<NoticeKind> kind = news(event.event);
        if (!kind) continue;
        telling.tell(after.owner, *kind, name, n);
        for (const std::string& watcher : watchers) telling.tell(watcher, NoticeKind::watching, name, n);
    }
    return std::move(telling.notices);
}

std::vector<std::string> listed(const std::string& ids) {
    std::vector<std::string> all;
    for (std::size_t from = 0; from < ids.size();) {
        const std::size_t comma = std::min(ids.find(',', from), ids.size());
        if (comma > from) all.push_back(ids.substr(from, comma - from));
        from = comma + 1;
    }
    return all;
}

Instant step_began(const Item& item) {
    switch (item.state) {
        case State::raised:
            return item.raised_at;
        case State::heard:
            return item.heard_at;
        case State::decided:
            return item.decided_at;
        case State::changed:
            return item.changed_at;
        default:
            return kNever;
    }
}

}  // namespace candour::core
