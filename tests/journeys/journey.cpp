#include "journeys/journey.hpp"

#include <algorithm>
#include <stdexcept>

#include "support/eventually.hpp"

namespace candour::journeys {

std::string text(const json::value& document, const char* pointer) {
    boost::system::error_code missing;
    const json::value* found = document.find_pointer(pointer, missing);
    if (found == nullptr)
        throw std::runtime_error(std::string("no ") + pointer + " in " + json::serialize(document));
    return found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
}

std::string name_of(const testing::TestParamInfo<Kind>& info) {
    return info.param == Kind::sqlite ? "Sqlite" : "Postgresql";
}

void Journey::open() {
    house.start();
    for (const auto& [what, rows] : {std::pair{"accounts", kAccounts}, std::pair{"contacts", kContacts}}) {
        const Answer imported =
            call(http::Method::post, std::string("/api/v1/imports/") + what, rows, {}, "text/csv");
        if (imported.status != 200 || !imported.value().at("problems").as_array().empty())
            throw std::runtime_error(imported.body);
    }
    const Answer added = call(http::Method::post, "/api/v1/surveys", kSurvey);
    if (added.status != 201) throw std::runtime_error(added.body);
    hear_of({{"assignment", "off"},
             {"customer_answered", "off"},
             {"undelivered", "off"},
             {"reopened", "off"},
             {"due_soon", "off"},
             {"watching", "off"}});
}

void Journey::hear_of(const json::object& kinds, const json::value& digest_hour) const {
    const Answer chosen = call(http::Method::put, "/api/v1/teammates/priya@halden.example/notify",
                               json::serialize(json::object{{"kinds", kinds}, {"digest_hour", digest_hour}}));
    if (chosen.status != 200) throw std::runtime_error(chosen.body);
}

Answer Journey::call(http::Method method, const std::string& target, std::string body,
                     std::vector<http::Header> headers, const std::string& content_type) const {
    http::ClientOptions options;
    options.bearer_token = house.token();
    const Result<http::Client> client = http::Client::at(house.url(), options);
    if (!client) throw std::runtime_error(client.error().message);
    Result<http::ClientAnswer> answer =
        client->send({method, target, std::move(body), content_type, std::move(headers)});
    if (!answer) throw std::runtime_error(target + ": " + answer.error().message);
    return {answer->status, std::move(answer->headers), std::move(answer->body)};
}

json::value Journey::get(const std::string& target) const {
    const Answer answer = call(http::Method::get, target);
    if (answer.status != 200)
        throw std::runtime_error(target + ": " + std::to_string(answer.status) + " " + answer.body);
    return answer.value();
}

Answer Journey::step(const std::string& alias, const std::string& name, const json::object& body) const {
    const std::string version = text(item(alias), "/version");
    return call(http::Method::post, "/api/v1/items/" + alias + "/" + name, json::serialize(body),
                {{"If-Match", "\"" + version + "\""}});
}

json::value Journey::take(const std::string& alias, const std::string& name, const json::object& body) const {
    const Answer answer = step(alias, name, body);
    if (answer.status != 200)
        throw std::runtime_error(alias + " " + name + ": " + std::to_string(answer.status) + " " +
                                 answer.body);
    return answer.value();
}

void Journey::bring_to_changed(const std::string& alias) const {
    take(alias, "hear", {{"text", "Alerts reach you after the truck has left."}, {"mail", false}});
    take(alias, "decide",
         {{"will_change", true},
          {"text", "Alerts leave when the gate closes."},
          {"why", "An alert that is late is none."},
          {"by", house.date(20)}});
    take(alias, "change",
         {{"text", "Version 4.12 is live on your site."}, {"link", "https://halden.example/4.12"}});
}

std::vector<std::string> Journey::messages(const std::string& alias, const std::string& kind,
                                           const char* field) const {
    std::vector<std::string> all;
    const json::value document = item(alias);
    for (const json::value& message : document.at("messages").as_array())
        if (text(message, "/kind") == kind) all.push_back(text(message, field));
    return all;
}

std::vector<std::string> Journey::events(const std::string& alias) const {
    std::vector<std::string> all;
    const json::value document = item(alias);
    for (const json::value& event : document.at("history").as_array()) all.push_back(text(event, "/event"));
    return all;
}

std::string Journey::survey_link(const std::string& contact) const {
    const Answer made = call(http::Method::post, "/api/v1/surveys/autumn/links",
                             json::serialize(json::object{{"contact", contact}}));
    if (made.status != 201) throw std::runtime_error(made.body);
    return text(made.value(), "/url");
}

Page Journey::answer(const std::string& link, const std::string& score, const std::string& why) {
    const Page page = browser().get(link);
    house.advance(5s);
    const std::vector<PageForm> forms = page.forms();
    if (forms.size() != 1) throw std::runtime_error("no survey at " + link + ": " + page.words());
    return browser().submit(forms[0], {{"a", score}, {"why", why}});
}

std::string Journey::raise(const std::string& contact, const std::string& why) {
    const std::size_t before = items();
    const Page thanks = answer(survey_link(contact), "3", why);
    if (thanks.status != 200 || items() != before + 1)
        throw std::runtime_error("no item was raised: " + thanks.words());
    return text(get("/api/v1/items?limit=1"), "/items/0/alias");
}

Page Journey::press(const std::string& loop_link, const std::string& button, const std::string& more) {
    const Page page = browser().get(loop_link);
    house.advance(5s);
    return browser().submit(page.form_with("press", button), {{"more", more}}, {"press", button});
}

std::vector<Letter> Journey::letters(const std::string& to, const std::string& subject) const {
    std::vector<Letter> found;
    for (const std::string& raw : sink.mails()) {
        // smtp-sink writes while it reads; the last line of a whole mail is the end of its last part.
        const std::size_t last = raw.find_last_not_of("\r\n");
        if (last == std::string::npos || raw.compare(last - 1, 2, "--") != 0) continue;
        Letter letter = read_letter(raw);
        if (letter.recipients.find(to) != std::string::npos && letter.subject.starts_with(subject))
            found.push_back(std::move(letter));
    }
    return found;
}

Letter Journey::letter(const std::string& to, const std::string& subject, std::size_t nth) const {
    std::vector<Letter> found;
    const auto arrived = [&] {
        found = letters(to, subject);
        return found.size() >= nth;
    };
    if (support::eventually(arrived)) return found[nth - 1];
    throw std::runtime_error("\"" + subject + "\" did not reach " + to + "; " +
                             std::to_string(sink.mails().size()) + " other mails did");
}

void Journey::tell(const std::string& alias) {
    take(alias, "tell");
    house.advance(31s);
}

std::string Journey::tell_by_mail(const std::string& alias, const std::string& contact) {
    tell(alias);
    if (!support::eventually([&] { return state(alias) == "told"; }))
        throw std::runtime_error(alias + " is not told");
    return letter(contact, text(item(alias), "/will_change") == "true" ? kClosing : kDeclined).link("/l/");
}

void Journey::let_the_mail_go() {
    const std::string alias = raise("mara@moss.example", "Only passing by.");
    const auto gone = [&] {
        return messages(alias, "acknowledgement") == std::vector<std::string>{"handed_over"};
    };
    if (!support::eventually(gone)) throw std::runtime_error("mail does not leave");
}

void Journey::settle_mail() const {
    const auto settled = [this] {
        const Tables now = read_tables(house.database());
        return std::none_of(now.at("messages").begin(), now.at("messages").end(), [](const std::string& row) {
            return row.find(" | queued | ") != row.npos || row.find(" | claimed | ") != row.npos ||
                   row.find(" | transmitting | ") != row.npos;
        });
    };
    if (!support::eventually(settled)) throw std::runtime_error("mail does not settle");
}

void Journey::expect_true_ledger() const {
    const json::value verified = house.json({"ledger", "verify"});
    EXPECT_TRUE(verified.at("findings").as_array().empty()) << json::serialize(verified);
    const json::value rebuilt = house.json({"rebuild", "--check"});
    EXPECT_TRUE(rebuilt.at("differences").as_array().empty()) << json::serialize(rebuilt);
}

}  // namespace candour::journeys
