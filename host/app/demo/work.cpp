#include "app/demo/work.hpp"

#include <algorithm>
#include <thread>

#include "app/cli/output.hpp"
#include "app/cli/steps.hpp"
#include "app/cli/wall_clock.hpp"
#include "edge/http/encoding.hpp"
#include "edge/json/time_text.hpp"

namespace candour::app::demo {
namespace {

using boost::json::value;
using cli::at;
using cli::list_at;
using cli::number_at;
using cli::text_at;

/// The host looks for due messages several times a second. One without a relay never sends them.
constexpr std::chrono::seconds kMailLeaves{5};
constexpr std::chrono::milliseconds kBetweenLooks{100};

/// The API's body of a step in items.json.
boost::json::object body_of(const value& step) {
    boost::json::object body = step.get_object();
    body.erase("step");
    if (const auto* days = body.if_contains("by_days")) {
        const auto by = cli::wall_clock() + std::chrono::days(days->to_number<std::int64_t>());
        body["by"] = json::to_rfc3339(by).substr(0, 10);
        body.erase("by_days");
    }
    if (auto* talk = body.if_contains("in_person"))
        talk->get_object()["when"] = json::to_rfc3339(cli::wall_clock());
    return body;
}

std::string closing_message_of(const value& item) {
    std::string id;
    for (const value& message : list_at(item, "messages"))
        if (text_at(message, "kind") == "closing") id = text_at(message, "id");
    return id;
}

}  // namespace

void Work::add(const PlannedItem& planned, std::string id) {
    Story story;
    story.id = std::move(id);
    story.steps = &planned.steps();
    stories_.push_back(std::move(story));
}

Done Work::read(Story& story) {
    Result<value> item = api_.get(cli::item_target(story.id));
    if (!item) return item.error();
    story.item = std::move(*item);
    story.taken = steps_taken(list_at(story.item, "history"), *story.steps);
    story.ended =
        story.next() == nullptr || number_at(story.item, "round") != round_after(*story.steps, story.taken);
    return done();
}

bool Work::waits_for_mail(const Story& story) const {
    const value* next = story.ended ? nullptr : story.next();
    if (next == nullptr || !(is_press(*next) || is_bounce(*next)) || text_at(*next, "button") == "correct")
        return false;
    return cli::flag_at(story.item, "sending");
}

Done Work::give(Story& story, const value& step) {
    const std::string name = text_at(step, "step");
    const Result<value> after =
        cli::give_step(api_, {story.id, number_at(story.item, "version")}, name, body_of(step));
    if (!after)
        return Error{after.error().code,
                     text_at(story.item, "alias") + " " + name + ": " + after.error().message};
    story.news += (story.news.empty() ? "" : ", ") + name;
    did_something_ = true;
    return read(story);
}

Done Work::bounce(Story& story, const value& step) {
    const std::string target =
        "/api/v1/messages/" + http::percent_encode(closing_message_of(story.item)) + "/bounce";
    const Result<value> recorded = api_.post(
        target,
        boost::json::object{{"status", text_at(step, "status")}, {"detail", text_at(step, "detail")}});
    if (!recorded) return recorded.error();
    story.news += ", bounced";
    did_something_ = true;
    return read(story);
}

Done Work::move_on(Story& story) {
    while (!story.ended && !is_press(*story.next()) && !waits_for_mail(story)) {
        const value& step = *story.next();
        if (Done moved = is_bounce(step) ? bounce(story, step) : give(story, step); !moved) return moved;
    }
    return done();
}

Result<bool> Work::wait_for_mail() {
    const auto deadline = std::chrono::steady_clock::now() + kMailLeaves;
    const auto waits = [this](const Story& story) { return waits_for_mail(story); };
    while (std::ranges::any_of(stories_, waits) && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(kBetweenLooks);  // allowed: the host sends meanwhile
        for (Story& story : stories_)
            if (waits(story))
                if (Done seen = read(story); !seen) return seen.error();
    }
    const auto left = std::ranges::count_if(stories_, waits);
    if (left > 0)
        say_("mail",
             std::to_string(left) +
                 " closing messages have not left yet: has this host a relay, or --demo? Their customers "
                 "answer when candour demo load runs again.");
    for (Story& story : stories_) story.ended = story.ended || waits(story);
    return std::ranges::any_of(stories_, [](const Story& story) { return !story.ended; });
}

Done Work::customers_press() {
    std::vector<std::pair<Story*, OpenPage>> open;
    for (Story& story : stories_) {
        if (story.ended || !is_press(*story.next())) continue;
        OpenPage reader;
        reader.name = text_at(at(story.item, "contact"), "name");
        reader.language = text_at(at(story.item, "contact"), "language");
        Result<OpenPage> page = open_page(api_, text_at(story.item, "page_url"), std::move(reader),
                                          text_at(*story.next(), "button"));
        if (!page && page.error().code != ErrorCode::not_found) return page.error();
        story.ended = !page;  // somebody has moved it: the rest is theirs
        if (page) open.emplace_back(&story, std::move(*page));
    }
    if (open.empty()) return done();
    say_("customers", std::to_string(open.size()) + " read what became of their words; that takes a moment…");
    take_a_moment();
    for (auto& [story, page] : open) {
        const value& step = *story->next();
        if (Done pressed =
                press(api_, page, {{"press", text_at(step, "button")}, {"more", text_at(step, "more")}});
            !pressed)
            return pressed;
        story->news += (story->news.empty() ? "" : ", ") + page.name + " presses " + text_at(step, "button");
        did_something_ = true;
        const std::size_t before = story->taken;
        if (Done seen = read(*story); !seen) return seen;
        if (story->taken == before && !story->ended)
            return Error{ErrorCode::internal,
                         "the host took the button of " + page.name + " for a machine's, or lost it"};
    }
    return done();
}

/// As they are now: mail may have left meanwhile.
Done Work::tell_news() {
    for (Story& story : stories_) {
        if (story.news.empty()) continue;
        if (Done seen = read(story); !seen) return seen;
        say_(text_at(story.item, "alias"),
             story.news + " -> " + text_at(story.item, "state") +
                 (cli::flag_at(story.item, "sending") ? "; its closing message is on its way" : ""));
    }
    return done();
}

Done Work::run() {
    for (Story& story : stories_)
        if (Done seen = read(story); !seen) return seen;
    for (;;) {
        for (Story& story : stories_)
            if (Done moved = move_on(story); !moved) return moved;
        const Result<bool> more = wait_for_mail();
        if (!more) return more.error();
        if (!*more) break;
        if (Done pressed = customers_press(); !pressed) return pressed;
    }
    return tell_news();
}

}  // namespace candour::app::demo
