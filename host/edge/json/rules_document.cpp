#include "edge/json/rules_document.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "core/feedback/words.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

constexpr std::size_t kMostRules = 200;
constexpr std::size_t kMostEntries = 100;
constexpr int kLongestDays = 3'650;

/// Where we are, and the first thing that was wrong: one error is enough to mend, and reading goes on without
/// checks.
class RulePlace {
 public:
    explicit RulePlace(Error& wrong, std::string path = "") : wrong_(wrong), path_(std::move(path)) {}
    RulePlace operator/(std::string_view name) const {
        return RulePlace(wrong_, path_.empty() ? std::string(name) : path_ + "." + std::string(name));
    }
    RulePlace at(std::size_t index) const {
        return RulePlace(wrong_, path_ + "[" + std::to_string(index) + "]");
    }
    void fail(const std::string& what) const {
        if (wrong_.message.empty())
            wrong_ = {ErrorCode::invalid, (path_.empty() ? "rules" : path_) + ": " + what};
    }

 private:
    Error& wrong_;
    std::string path_;
};

const bj::object& object_at(const bj::value& value, const RulePlace& place,
                            std::initializer_list<std::string_view> known) {
    static const bj::object none;
    if (!value.is_object()) {
        place.fail("expected an object");
        return none;
    }
    for (const auto& [name, member] : value.get_object()) {
        if (std::find(known.begin(), known.end(), std::string_view(name)) != known.end()) continue;
        std::string all;
        for (const std::string_view each : known) all += (all.empty() ? "" : ", ") + std::string(each);
        place.fail("unknown field \"" + std::string(name) + "\"; expected some of " + all);
    }
    return value.get_object();
}

std::optional<int> whole(const bj::object& object, const char* name, int lowest, int highest,
                         const RulePlace& place) {
    const bj::value* value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_int64() && value->get_int64() >= lowest && value->get_int64() <= highest)
        return static_cast<int>(value->get_int64());
    (place / name)
        .fail("expected a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest) +
              ", found " + bj::serialize(*value));
    return std::nullopt;
}

std::optional<bool> flag(const bj::object& object, const char* name, const RulePlace& place) {
    const bj::value* value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_bool()) return value->get_bool();
    (place / name).fail("expected true or false, found " + bj::serialize(*value));
    return std::nullopt;
}

std::string line(const bj::value& value, const RulePlace& place) {
    if (!value.is_string()) {
        place.fail("expected a text, found " + bj::serialize(value));
        return {};
    }
    std::string text(value.get_string());
    if (const Done words = core::check_words("text", text, core::kMaxLine); !words)
        place.fail(words.error().message.substr(6));
    return text;
}

std::vector<std::string> lines(const bj::object& object, const char* name, const RulePlace& place) {
    const bj::value* value = object.if_contains(name);
    if (value == nullptr) return {};
    const RulePlace here = place / name;
    std::vector<std::string> all;
    if (!value->is_array() || value->get_array().empty() || value->get_array().size() > kMostEntries) {
        here.fail("expected a list of 1 to " + std::to_string(kMostEntries) + " texts");
        return {};
    }
    for (std::size_t i = 0; i < value->get_array().size(); ++i)
        all.push_back(line(value->get_array()[i], here.at(i)));
    return all;
}

template <class Enum, std::size_t N>
std::vector<Enum> choices(const bj::object& object, const char* name, const core::NameTable<Enum, N>& table,
                          const RulePlace& place) {
    std::vector<Enum> all;
    for (const std::string& text : lines(object, name, place)) {
        if (const auto value = core::value_of(table, text)) {
            all.push_back(*value);
            continue;
        }
        std::string known;
        for (const auto& [key, each] : table) known += (known.empty() ? "" : ", ") + std::string(each);
        (place / name).fail("expected some of " + known + "; found \"" + text + "\"");
    }
    return all;
}

/// Folded as the words of answers are: "Rechnung*" and "rechnung*" are the same topic.
std::vector<std::string> topic_words(const bj::object& object, const RulePlace& place) {
    std::vector<std::string> all;
    for (const std::string& text : lines(object, "words", place)) {
        const bool prefix = text.ends_with('*');
        const std::vector<std::string> words = core::words_of(text);
        if (words.size() == 1)
            all.push_back(words.front() + (prefix ? "*" : ""));
        else
            (place / "words")
                .fail("expected single words, perhaps with * at the end, found \"" + text + "\"");
    }
    return all;
}

constexpr int kFarthestNumber = 1'000'000'000;

core::AnswerCondition answer_condition(const bj::value& value, const RulePlace& place) {
    const bj::object& object = object_at(value, place, {"question", "at_least", "at_most", "is"});
    core::AnswerCondition when;
    if (const bj::value* question = object.if_contains("question"))
        when.question = line(*question, place / "question");
    else
        place.fail("expected a question, found none");
    when.at_least = whole(object, "at_least", -kFarthestNumber, kFarthestNumber, place);
    when.at_most = whole(object, "at_most", -kFarthestNumber, kFarthestNumber, place);
    when.is = lines(object, "is", place);
    if (!when.at_least && !when.at_most && when.is.empty())
        place.fail("expected at_least, at_most or is, found none of them");
    return when;
}

std::vector<core::AnswerCondition> answer_conditions(const bj::object& object, const RulePlace& place) {
    std::vector<core::AnswerCondition> all;
    const bj::value* value = object.if_contains("answers");
    if (value == nullptr) return all;
    const RulePlace here = place / "answers";
    if (!value->is_array() || value->get_array().empty() || value->get_array().size() > kMostEntries) {
        here.fail("expected a list of 1 to " + std::to_string(kMostEntries) + " conditions");
        return all;
    }
    for (std::size_t i = 0; i < value->get_array().size(); ++i)
        all.push_back(answer_condition(value->get_array()[i], here.at(i)));
    return all;
}

core::RuleCondition condition(const bj::value& value, const RulePlace& place) {
    const bj::object& object = object_at(value, place,
                                         {"score", "comment", "contact_me", "levels", "segments", "sources",
                                          "kinds", "abouts", "answers", "words"});
    core::RuleCondition when;
    if (const bj::value* score = object.if_contains("score")) {
        const RulePlace here = place / "score";
        const bj::object& range = object_at(*score, here, {"at_least", "at_most"});
        when.score_at_least = whole(range, "at_least", 0, 10, here);
        when.score_at_most = whole(range, "at_most", 0, 10, here);
        if (range.empty()) here.fail("expected at_least, at_most or both");
        if (when.score_at_least.value_or(0) > when.score_at_most.value_or(10))
            here.fail("at_least is greater than at_most: no score fits");
    }
    when.comment = flag(object, "comment", place);
    when.contact_me = flag(object, "contact_me", place);
    when.levels = choices(object, "levels", core::kLevels, place);
    when.segments = choices(object, "segments", core::kSegments, place);
    when.sources = lines(object, "sources", place);
    when.kinds = lines(object, "kinds", place);
    when.abouts = lines(object, "abouts", place);
    when.answers = answer_conditions(object, place);
    when.words = topic_words(object, place);
    return when;
}

std::optional<std::chrono::days> days(const bj::object& object, const char* name, const RulePlace& place) {
    const std::optional<int> count = whole(object, name, 0, kLongestDays, place);
    return count ? std::optional(std::chrono::days(*count)) : std::nullopt;
}

std::string address(std::string text, const RulePlace& place) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (text.find('@') == std::string::npos)
        place.fail("expected a teammate's e-mail address, found \"" + text + "\"");
    return text;
}

core::RuleAction action(const bj::value& value, const RulePlace& place) {
    const bj::object& object = object_at(value, place, {"raise", "owner", "due", "watchers"});
    core::RuleAction then;
    then.raise = flag(object, "raise", place);
    if (const bj::value* owner = object.if_contains("owner"))
        then.owner = address(line(*owner, place / "owner"), place / "owner");
    if (const bj::value* due = object.if_contains("due")) {
        const RulePlace here = place / "due";
        const bj::object& each =
            object_at(*due, here, {"hear_days", "decide_days", "change_days", "tell_days"});
        then.due = core::RuleDue{days(each, "hear_days", here), days(each, "decide_days", here),
                                 days(each, "change_days", here), days(each, "tell_days", here)};
    }
    const std::vector<std::string> watchers = lines(object, "watchers", place);
    for (std::size_t i = 0; i < watchers.size(); ++i)
        then.watchers.push_back(address(watchers[i], (place / "watchers").at(i)));
    if (object.empty())
        place.fail("expected raise, owner, due or watchers: a rule that says nothing decides nothing");
    return then;
}

core::Rule rule(const bj::value& value, const RulePlace& place) {
    const bj::object& object = object_at(value, place, {"name", "when", "then"});
    core::Rule rule;
    const bj::value* name = object.if_contains("name");
    const bj::value* when = object.if_contains("when");
    const bj::value* then = object.if_contains("then");
    if (name == nullptr || then == nullptr) {
        place.fail(name == nullptr ? "expected a name, found none" : "expected then, found nothing");
        return rule;
    }
    rule.name = line(*name, place / "name");
    if (when != nullptr) rule.when = condition(*when, place / "when");
    rule.then = action(*then, place / "then");
    return rule;
}

template <class T, class Text>
void put_list(bj::object& into, const char* name, const std::vector<T>& list, Text text) {
    if (list.empty()) return;
    bj::array all;
    for (const T& each : list) all.emplace_back(text(each));
    into[name] = std::move(all);
}

bj::object condition_document(const core::RuleCondition& when) {
    const auto as_is = [](const std::string& text) { return text; };
    bj::object object, score;
    if (when.score_at_least) score["at_least"] = *when.score_at_least;
    if (when.score_at_most) score["at_most"] = *when.score_at_most;
    if (!score.empty()) object["score"] = std::move(score);
    if (when.comment) object["comment"] = *when.comment;
    if (when.contact_me) object["contact_me"] = *when.contact_me;
    put_list(object, "levels", when.levels,
             [](core::Level level) { return std::string(core::name_of(core::kLevels, level)); });
    put_list(object, "segments", when.segments,
             [](core::Segment segment) { return std::string(core::name_of(core::kSegments, segment)); });
    put_list(object, "sources", when.sources, as_is);
    put_list(object, "kinds", when.kinds, as_is);
    put_list(object, "abouts", when.abouts, as_is);
    put_list(object, "answers", when.answers, [&as_is](const core::AnswerCondition& each) {
        bj::object answer{{"question", each.question}};
        if (each.at_least) answer["at_least"] = *each.at_least;
        if (each.at_most) answer["at_most"] = *each.at_most;
        put_list(answer, "is", each.is, as_is);
        return answer;
    });
    put_list(object, "words", when.words, as_is);
    return object;
}

bj::object action_document(const core::RuleAction& then) {
    bj::object object;
    if (then.raise) object["raise"] = *then.raise;
    if (!then.owner.empty()) object["owner"] = then.owner;
    if (then.due) {
        bj::object due;
        const std::pair<const char*, std::optional<std::chrono::days>> each[] = {
            {"hear_days", then.due->hear},
            {"decide_days", then.due->decide},
            {"change_days", then.due->change},
            {"tell_days", then.due->tell}};
        for (const auto& [name, count] : each)
            if (count) due[name] = count->count();
        object["due"] = std::move(due);
    }
    put_list(object, "watchers", then.watchers, [](const std::string& text) { return text; });
    return object;
}

/// An object's members stand under their own names, one level deep: `trust.fair`.
void put_values(core::AnswerValues& values, const std::string& name, const bj::value& value) {
    if (const auto* object = value.if_object()) {
        for (const auto& [key, member] : *object)
            if (name.empty() || !member.is_object())
                put_values(values, name.empty() ? std::string(key) : name + "." + std::string(key), member);
        return;
    }
    if (const auto* list = value.if_array()) {
        for (const bj::value& each : *list)
            if (!each.is_object() && !each.is_array()) put_values(values, name, each);
        return;
    }
    if (name.empty() || value.is_null()) return;
    if (value.is_bool())
        values[name].push_back(value.get_bool() ? "yes" : "no");
    else
        values[name].push_back(value.is_string() ? std::string(value.get_string()) : bj::serialize(value));
}

}  // namespace

Result<core::Rules> read_rules(std::string_view text) {
    boost::system::error_code bad;
    const bj::value document = bj::parse(text, bad);
    if (bad) return Error{ErrorCode::invalid, "rules: is not JSON: " + bad.message()};
    Error wrong{ErrorCode::invalid, ""};
    const RulePlace top(wrong);
    const bj::object& object = object_at(document, top, {"rules"});
    core::Rules rules;
    const bj::value* list = object.if_contains("rules");
    if (list == nullptr || !list->is_array() || list->get_array().size() > kMostRules) {
        (top / "rules").fail("expected a list of at most " + std::to_string(kMostRules) + " rules");
        return wrong;
    }
    for (std::size_t i = 0; i < list->get_array().size(); ++i)
        rules.list.push_back(rule(list->get_array()[i], (top / "rules").at(i)));
    if (!wrong.message.empty()) return wrong;
    return rules;
}

bj::object rules_document(const core::Rules& rules) {
    bj::array list;
    for (const core::Rule& rule : rules.list)
        list.push_back(bj::object{{"name", rule.name},
                                  {"when", condition_document(rule.when)},
                                  {"then", action_document(rule.then)}});
    return {{"rules", std::move(list)}};
}

std::string write_rules(const core::Rules& rules) {
    return bj::serialize(rules_document(rules));
}

SaidInAnswer said_in(std::string_view observation_content) {
    SaidInAnswer said;
    boost::system::error_code bad;
    const bj::value content = observation_content.empty() ? bj::value() : bj::parse(observation_content, bad);
    const auto* object = content.if_object();
    const auto* words = object == nullptr ? nullptr : object->if_contains("verbatim");
    const auto* wish = object == nullptr ? nullptr : object->if_contains("contact_me");
    if (words != nullptr && words->is_string()) said.verbatim = std::string(words->get_string());
    said.contact_me = wish != nullptr && wish->is_bool() && wish->get_bool();
    if (const auto* answers = object == nullptr ? nullptr : object->if_contains("answers"))
        put_values(said.answers, "", *answers);
    return said;
}

core::AnswerValues answer_values(std::string_view answers_json) {
    core::AnswerValues values;
    boost::system::error_code bad;
    const bj::value answers = answers_json.empty() ? bj::value() : bj::parse(answers_json, bad);
    if (!bad) put_values(values, "", answers);
    return values;
}

}  // namespace candour::json
