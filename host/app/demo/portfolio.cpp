#include "app/demo/portfolio.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <thread>

#include "app/cli/output.hpp"
#include "app/demo/browser.hpp"
#include "app/demo/days.hpp"
#include "app/demo/lists.hpp"
#include "app/demo/plan.hpp"
#include "app/demo/work.hpp"
#include "candour_demo.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::demo {
namespace {

using boost::json::value;
using cli::at;
using cli::flag_at;
using cli::number_at;
using cli::text_at;

/// An answer is acknowledged when it is durable; the item it raises follows at once, unless the machine is
/// busy.
constexpr std::chrono::seconds kItemsAppear{10};
constexpr std::chrono::milliseconds kBetweenTries{50};

void say(const std::string& part, const std::string& words) {
    std::cout << part << std::string(part.size() < 12 ? 12 - part.size() : 1, ' ') << words << std::endl;
}

const value* with_text(const boost::json::array& list, const char* field, const std::string& text) {
    for (const value& one : list)
        if (text_at(one, field) == text) return &one;
    return nullptr;
}

class Loading {
 public:
    Loading(const cli::Api& api, std::string organisation, Days days)
        : api_(api), organisation_(std::move(organisation)), days_(std::move(days)), plan_(planned_items()) {}

    Done run() {
        for (const auto& part :
             {&Loading::import_people, &Loading::import_past, &Loading::add_survey, &Loading::read_items,
              &Loading::answer_the_survey, &Loading::raise_from_waves, &Loading::read_items, &Loading::work})
            if (Done loaded = (this->*part)(); !loaded) return loaded;
        if (!changed_) say("Done", "the demo portfolio was there already; nothing was changed.");
        return done();
    }

 private:
    Done import(const std::string& what, const std::string& csv);
    Done import_people();
    Done import_past();
    Done add_survey();
    Done read_items();
    Done answer_the_survey();
    Result<OpenPage> open_survey(const PlannedItem& planned);
    Done wait_for_items();
    Done raise_from_waves();
    Done work();
    const value* contact_of(const PlannedItem& planned) const {
        return with_text(contacts_, "email", planned.contact);
    }
    const value* item_of(const PlannedItem& planned) const;

    const cli::Api& api_;
    std::string organisation_;
    Days days_;
    std::vector<PlannedItem> plan_;
    std::string survey_;
    boost::json::array contacts_, items_;
    bool changed_ = false;
};

Done Loading::import(const std::string& what, const std::string& csv) {
    const Result<value> report = api_.post_text("/api/v1/imports/" + what, csv, "text/csv");
    if (!report) return Error{report.error().code, what + ": " + report.error().message};
    for (const value& problem : cli::list_at(*report, "problems"))
        return Error{ErrorCode::internal, what + ", line " + std::to_string(number_at(problem, "line")) +
                                              ": " + text_at(problem, "reason")};
    const std::string target = what.substr(0, what.find('?'));
    changed_ |= number_at(*report, "added") + number_at(*report, "changed") > 0;
    say(target, std::to_string(number_at(*report, "added")) + " added, " +
                    std::to_string(number_at(*report, "changed")) + " changed, " +
                    std::to_string(number_at(*report, "unchanged")) + " unchanged");
    return done();
}

/// Who has another level today than when we met comes in as it was first, so that the change stands in the
/// history.
Done Loading::import_people() {
    if (Done accounts = import("accounts", days_.dated(texts::accounts_csv)); !accounts) return accounts;
    const Result<boost::json::array> before = whole_list(api_, "contacts");
    if (!before) return before.error();
    if (before->empty())
        if (Done earlier = import("contacts", days_.dated(texts::contacts_before_csv)); !earlier)
            return earlier;
    if (Done contacts = import("contacts", days_.dated(texts::contacts_csv)); !contacts) return contacts;
    Result<boost::json::array> after = whole_list(api_, "contacts");
    if (!after) return after.error();
    contacts_ = std::move(*after);
    return done();
}

Done Loading::import_past() {
    const Result<std::string> answers = answers_file(days_, voices_of(plan_), Part::all_but);
    if (!answers) return answers.error();
    if (Done imported = import("answers", *answers); !imported) return imported;
    return import("acts", days_.dated(texts::acts_csv));
}

Done Loading::add_survey() {
    value survey = boost::json::parse(texts::survey_json);
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

Done Loading::read_items() {
    Result<boost::json::array> items = whole_list(api_, "items");
    if (!items) return items.error();
    items_ = std::move(*items);
    return done();
}

/// The demo's own items come before all that people who play with it add.
const value* Loading::item_of(const PlannedItem& planned) const {
    const value* contact = contact_of(planned);
    const value* first = nullptr;
    for (const value& item : items_)
        if (contact != nullptr && text_at(at(item, "contact"), "id") == text_at(*contact, "id"))
            first = &item;  // newest first
    return first;
}

Result<OpenPage> Loading::open_survey(const PlannedItem& planned) {
    const value* contact = contact_of(planned);
    if (contact == nullptr) return Error{ErrorCode::internal, planned.contact + " is not among the contacts"};
    const Result<value> link = api_.post("/api/v1/surveys/" + http::percent_encode(survey_) + "/links",
                                         boost::json::object{{"contact", text_at(*contact, "id")}});
    if (!link) return link.error();
    OpenPage reader;
    reader.name = text_at(*contact, "name");
    reader.language = text_at(*contact, "language");
    return open_page(api_, text_at(*link, "url"), std::move(reader));
}

std::vector<http::FormField> fields_of(const value& answer) {
    std::vector<http::FormField> fields{{"a", std::to_string(number_at(answer, "score"))},
                                        {"why", text_at(answer, "why")}};
    if (flag_at(answer, "contact_me")) fields.push_back({"contact", "1"});
    if (flag_at(answer, "may_quote")) fields.push_back({"quote", "1"});
    return fields;
}

Done Loading::answer_the_survey() {
    std::vector<std::pair<const PlannedItem*, OpenPage>> open;
    for (const PlannedItem& planned : plan_) {
        if (planned.wave > 0 || item_of(planned) != nullptr) continue;
        Result<OpenPage> page = open_survey(planned);
        if (!page) return page.error();
        open.emplace_back(&planned, std::move(*page));
    }
    if (open.empty()) return done();
    say("answers", std::to_string(open.size()) +
                       " people read their page; a machine would be faster, so we take a moment…");
    take_a_moment();
    changed_ = true;
    for (const auto& [planned, page] : open) {
        if (Done pressed = press(api_, page, fields_of(planned->answer)); !pressed) return pressed;
        say("answer", page.name + " (" + page.language + ") presses " +
                          std::to_string(number_at(planned->answer, "score")));
    }
    return wait_for_items();
}

Done Loading::wait_for_items() {
    const auto deadline = std::chrono::steady_clock::now() + kItemsAppear;
    const auto missing = [this](const PlannedItem& planned) {
        return planned.wave == 0 && item_of(planned) == nullptr;
    };
    for (;;) {
        if (Done read = read_items(); !read) return read;
        if (std::ranges::none_of(plan_, missing)) return done();
        if (std::chrono::steady_clock::now() > deadline)
            return Error{ErrorCode::deadline,
                         "the answers are in, but not every item is there yet; run candour demo load again"};
        std::this_thread::sleep_for(kBetweenTries);  // allowed: another process works meanwhile
    }
}

Done Loading::raise_from_waves() {
    const Result<std::string> answers = answers_file(days_, voices_of(plan_), Part::only);
    if (!answers) return answers.error();
    return import("answers?raise_items=true", *answers);
}

Done Loading::work() {
    Work work(api_, say);
    for (const PlannedItem& planned : plan_) {
        const value* item = item_of(planned);
        if (item == nullptr)
            return Error{ErrorCode::internal,
                         "there is no item of " + planned.contact + "; is this database the demo's own?"};
        work.add(planned, text_at(*item, "id"));
    }
    const Done worked = work.run();
    changed_ |= work.did_something();
    return worked;
}

/// Pages and mails should be signed by the same name.
std::string organisation_of(const cli::Shared& shared) {
    const Result<std::filesystem::path> file = cli::find_config(shared);
    return file ? read_config(*file).config.policies.organisation : core::Policies{}.organisation;
}

std::size_t records_in(std::string_view csv) {
    return static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) - 1;
}

}  // namespace

Done load(const cli::Api& api, const cli::Shared& shared) {
    const Result<Days> days = days_of_demo(api);
    if (!days) return days.error();
    return Loading(api, organisation_of(shared), *days).run();
}

Done preview(const cli::Api& api) {
    const std::vector<PlannedItem> plan = planned_items();
    const Result<Days> days = days_of_demo(api);
    if (!days) return days.error();
    const Result<std::string> past = answers_file(*days, {}, Part::all_but);
    if (!past) return past.error();
    const Result<boost::json::array> contacts = whole_list(api, "contacts");
    if (!contacts) return contacts.error();
    std::size_t steps = 0;
    for (const PlannedItem& item : plan) steps += item.steps().size();
    say("people", std::to_string(records_in(texts::accounts_csv)) + " accounts, " +
                      std::to_string(records_in(texts::contacts_csv)) + " contacts");
    say("past", std::to_string(records_in(*past)) + " answers in eight quarters, " +
                    std::to_string(records_in(texts::acts_csv)) + " acts of advocacy");
    say("items", std::to_string(plan.size()) + ", with " + std::to_string(steps) +
                     " steps of the team and its customers");
    const auto there = std::ranges::count_if(plan, [&](const PlannedItem& item) {
        return with_text(*contacts, "email", item.contact) != nullptr;
    });
    say("Dry run", there == 0 ? "none of it is here yet; nothing was changed."
                              : "some of it is here already, and would stay as it is; nothing was changed.");
    return done();
}

}  // namespace candour::app::demo
