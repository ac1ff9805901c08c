#include "app/demo/portfolio.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <thread>

#include "app/cli/output.hpp"
#include "app/cli/steps.hpp"
#include "app/cli/wall_clock.hpp"
#include "app/demo/answers.hpp"
#include "candour_demo.hpp"
#include "edge/json/time_text.hpp"

namespace candour::app::demo {
namespace {

using boost::json::value;
using cli::at;
using cli::list_at;
using cli::number_at;
using cli::text_at;

/// An answer is acknowledged when it is durable; the item it raises follows at once, unless the machine is
/// busy.
constexpr std::chrono::seconds kItemsAppear{10};
constexpr std::chrono::milliseconds kBetweenLooks{50};

void say(const char* part, const std::string& words) {
    if (!words.empty())
        std::cout << part << std::string(12 - std::string_view(part).size(), ' ') << words << std::endl;
}

value parsed(std::string_view document) {
    return boost::json::parse(document);
}

/// What a step leaves in the ledger: where one of these stands, the step was taken.
std::vector<std::string> events_of(const value& step) {
    const std::string name = text_at(step, "step");
    if (name == "hear") return {"heard"};
    if (name == "decide") return {"decided_will_change", "decided_will_not_change"};
    if (name == "change") return {"changed"};
    if (name == "tell") return {"tell_requested", "told"};
    if (name == "dismiss") return {"dismissed"};
    return {"abandoned"};
}

bool stands_in_history(const value& item, const value& step) {
    const std::vector<std::string> wanted = events_of(step);
    const auto fits = [&](const value& event) {
        return std::ranges::find(wanted, text_at(event, "event")) != wanted.end();
    };
    return std::ranges::any_of(list_at(item, "history"), fits);
}

std::string day_after(std::int64_t days) {
    return json::to_rfc3339(cli::wall_clock() + std::chrono::days(days)).substr(0, 10);
}

/// The API's body of a step in answers.json.
boost::json::object body_of(const value& step) {
    boost::json::object body = step.get_object();
    body.erase("step");
    if (body.contains("by_days")) {
        body["by"] = day_after(number_at(step, "by_days"));
        body.erase("by_days");
    }
    if (auto* talk = body.if_contains("in_person"))
        talk->get_object()["when"] = json::to_rfc3339(cli::wall_clock());
    return body;
}

class Loading {
 public:
    Loading(const cli::Api& api, std::string organisation)
        : api_(api), organisation_(std::move(organisation)), plan_(parsed(texts::answers_json)) {}

    Done run() {
        for (const auto& part : {&Loading::import_all, &Loading::add_survey, &Loading::read_contacts,
                                 &Loading::answer, &Loading::work})
            if (Done loaded = (this->*part)(); !loaded) return loaded;
        if (!changed_) say("Done", "the demo portfolio was there already; nothing was changed.");
        return done();
    }

 private:
    Done import(const char* what, std::string_view csv) {
        const Result<value> report =
            api_.post_text(std::string("/api/v1/imports/") + what, std::string(csv), "text/csv");
        if (!report) return report.error();
        changed_ |= number_at(*report, "added") + number_at(*report, "changed") > 0;
        say(what, std::to_string(number_at(*report, "added")) + " added, " +
                      std::to_string(number_at(*report, "changed")) + " changed, " +
                      std::to_string(number_at(*report, "unchanged")) + " unchanged");
        return done();
    }
    Done import_all() {
        if (Done accounts = import("accounts", texts::accounts_csv); !accounts) return accounts;
        return import("contacts", texts::contacts_csv);
    }

    Done add_survey();
    Done read_contacts();
    Done answer();
    Done work();
    Done take_steps(const value& item, const value& answer);
    Result<bool> all_items_there(std::size_t expected);
    const value* contact_of(const value& answer) const;
    const value* item_of(const value& answer) const;

    const cli::Api& api_;
    std::string organisation_;
    value plan_;
    std::string survey_;
    value contacts_, items_;
    bool changed_ = false;
};

Done Loading::add_survey() {
    value survey = parsed(texts::survey_json);
    survey.get_object()["from"] = organisation_;
    survey_ = text_at(survey, "id");
    const Result<value> there = api_.get("/api/v1/surveys/" + survey_);
    if (!there && there.error().code != ErrorCode::not_found) return there.error();
    if (there && *there == survey) {
        say("survey", survey_ + " is there already");
        return done();
    }
    const Result<value> reply = api_.post("/api/v1/surveys", survey);
    if (!reply) return reply.error();
    changed_ = true;
    say("survey", survey_ + " " + text_at(*reply, "result"));
    return done();
}

Done Loading::read_contacts() {
    Result<value> contacts = api_.get("/api/v1/contacts");
    if (!contacts) return contacts.error();
    contacts_ = std::move(*contacts);
    const Result<bool> read = all_items_there(0);
    return read ? done() : Done(read.error());
}

const value* Loading::contact_of(const value& answer) const {
    for (const value& contact : list_at(contacts_, "contacts"))
        if (text_at(contact, "email") == text_at(answer, "contact")) return &contact;
    return nullptr;
}

/// Everybody in the portfolio answers once, so a contact's first item is the one of the demo.
const value* Loading::item_of(const value& answer) const {
    const value* contact = contact_of(answer);
    const value* first = nullptr;
    for (const value& item : list_at(items_, "items"))
        if (contact != nullptr && text_at(at(item, "contact"), "id") == text_at(*contact, "id"))
            first = &item;  // newest first
    return first;
}

Result<bool> Loading::all_items_there(std::size_t expected) {
    Result<value> items = api_.get("/api/v1/items?limit=500");
    if (!items) return items.error();
    items_ = std::move(*items);
    const auto& answers = list_at(plan_, "answers");
    const auto there =
        std::ranges::count_if(answers, [this](const value& answer) { return item_of(answer) != nullptr; });
    return static_cast<std::size_t>(there) >= expected;
}

Done Loading::answer() {
    std::vector<Reader> readers;
    for (const value& answer : list_at(plan_, "answers")) {
        if (item_of(answer) != nullptr) continue;
        const value* contact = contact_of(answer);
        if (contact == nullptr)
            return Error{ErrorCode::not_found, text_at(answer, "contact") + " is not among the contacts"};
        Result<Reader> reader = open_page(api_, survey_, *contact, answer);
        if (!reader) return reader.error();
        readers.push_back(std::move(*reader));
    }
    if (readers.empty()) return done();
    say("answers", std::to_string(readers.size()) +
                       " people read their page; a machine would be faster, so we take a moment…");
    take_a_moment();
    changed_ = true;
    for (const Reader& reader : readers) {
        if (Done pressed = press(api_, reader); !pressed) return pressed;
        say("answer", reader.name + " (" + reader.language + ") presses " +
                          std::to_string(number_at(*reader.answer, "score")));
    }
    const auto deadline = std::chrono::steady_clock::now() + kItemsAppear;
    for (;;) {
        const Result<bool> there = all_items_there(list_at(plan_, "answers").size());
        if (!there) return there.error();
        if (*there) return done();
        if (std::chrono::steady_clock::now() > deadline)
            return Error{ErrorCode::deadline,
                         "the answers are in, but not every item is there yet; run candour demo load again"};
        std::this_thread::sleep_for(kBetweenLooks);  // allowed: another process works meanwhile
    }
}

Done Loading::work() {
    for (const value& answer : list_at(plan_, "answers")) {
        const value* listed = item_of(answer);
        if (listed == nullptr) continue;
        const Result<value> item = api_.get(cli::item_target(text_at(*listed, "id")));
        if (!item) return item.error();
        if (Done taken = take_steps(*item, answer); !taken) return taken;
    }
    return done();
}

/// A step whose event is in the ledger was taken, by an earlier run or by somebody who plays; then the rest
/// is theirs.
Done Loading::take_steps(const value& item, const value& answer) {
    value now = item;
    std::string taken;
    for (const value& step : list_at(answer, "steps")) {
        if (stands_in_history(item, step)) continue;
        if (number_at(now, "round") > 1) break;
        const std::string name = text_at(step, "step");
        Result<value> after =
            cli::give_step(api_, {text_at(now, "id"), number_at(now, "version")}, name, body_of(step));
        if (!after)
            return Error{after.error().code,
                         text_at(item, "alias") + " " + name + ": " + after.error().message};
        now = std::move(*after);
        taken += (taken.empty() ? "" : ", ") + name;
    }
    if (taken.empty()) return done();
    changed_ = true;
    const std::string state = text_at(now, "state");
    say(text_at(now, "alias").c_str(),
        taken + " -> " + state + (cli::flag_at(now, "sending") ? "; its closing message is on its way" : ""));
    return done();
}

/// Pages and mails should be signed by the same name.
std::string organisation_of(const cli::Shared& shared) {
    const Result<std::filesystem::path> file = cli::find_config(shared);
    return file ? read_config(*file).config.policies.organisation : core::Policies{}.organisation;
}

}  // namespace

Done load(const cli::Api& api, const cli::Shared& shared) {
    return Loading(api, organisation_of(shared)).run();
}

}  // namespace candour::app::demo
