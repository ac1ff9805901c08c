#include "core/campaign/own_words.hpp"

#include <algorithm>

namespace candour::core {
namespace {

constexpr std::size_t kMaxSubject = 200;
/// Longer than that nobody reads before a question.
constexpr std::size_t kLongestOwnText = 4'000;

std::string place(int mail, const std::string& language) {
    return (mail == 0 ? std::string("words.invitation.") : "words.reminder_" + std::to_string(mail) + ".") +
           language;
}

Error wrong_words(const std::string& where, const std::string& what) {
    return Error{ErrorCode::invalid, where + ": " + what};
}

const std::string* name_called(std::string_view variable, const Names& names) {
    if (variable == "contact") return &names.contact;
    if (variable == "account") return &names.account;
    return variable == "organisation" ? &names.organisation : nullptr;
}

/// What stands in the braces at `at`, with the place behind them; nullopt when they never close.
struct Variable {
    std::string_view name;
    std::size_t behind;
};
std::optional<Variable> variable_at(std::string_view text, std::size_t at) {
    const std::size_t end = text.find("}}", at + 2);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view name = text.substr(at + 2, end - at - 2);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    return Variable{name, end + 2};
}

Done check_variables(const std::string& where, std::string_view text) {
    for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
        const auto variable = variable_at(text, at);
        if (!variable) return wrong_words(where, "expected }} behind {{, found the end of the text");
        if (name_called(variable->name, {}) == nullptr)
            return wrong_words(where, "expected {{contact}}, {{account}} or {{organisation}}, found {{" +
                                          std::string(variable->name.substr(0, 40)) + "}}");
        at = variable->behind;
    }
    return done();
}

bool is_language(std::string_view tag) {
    return tag.size() >= 2 && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

/// A line end in a subject would begin a field of its own.
bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

Done check_text(const std::string& where, const OwnText& own) {
    if (own.subject.empty() && own.text.empty())
        return wrong_words(where, "expected a subject or a text, found neither");
    if (own.subject.size() > kMaxSubject)
        return wrong_words(where, "expected a subject of at most 200 bytes");
    if (has_control(own.subject))
        return wrong_words(where, "expected a subject on one line, without control characters");
    if (own.text.size() > kLongestOwnText)
        return wrong_words(where, "expected a text of at most 4,000 bytes");
    if (Done sound = check_variables(where, own.subject); !sound) return sound;
    return check_variables(where, own.text);
}

std::string_view primary(std::string_view language) {
    return language.substr(0, language.find('-'));
}

}  // namespace

Done check(const OwnWords& words, std::size_t reminders) {
    for (const auto& [mail, texts] : words) {
        if (mail < 0 || static_cast<std::size_t>(mail) > reminders)
            return Error{ErrorCode::invalid, "words.reminder_" + std::to_string(mail) +
                                                 ": expected at most " + std::to_string(reminders) +
                                                 " reminders, as many as are sent"};
        for (const auto& [language, own] : texts) {
            if (!is_language(language))
                return wrong_words(place(mail, language.substr(0, 40)),
                                   "expected a language such as de or pt-BR");
            if (Done sound = check_text(place(mail, language), own); !sound) return sound;
        }
    }
    return done();
}

std::optional<OwnText> words_for(const OwnWords& words, int mail, std::string_view language,
                                 std::string_view house_language) {
    const auto texts = words.find(mail);
    if (texts == words.end()) return std::nullopt;
    const std::string_view wanted = language.empty() ? house_language : language;
    for (const std::string_view tag : {wanted, primary(wanted)})
        if (const auto found = texts->second.find(tag); found != texts->second.end()) return found->second;
    return std::nullopt;
}

std::string filled(std::string_view text, const Names& names) {
    std::string whole;
    std::size_t from = 0;
    for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", from)) {
        const auto variable = variable_at(text, at);
        if (!variable) break;
        whole += text.substr(from, at - from);
        if (const std::string* name = name_called(variable->name, names)) whole += *name;
        from = variable->behind;
    }
    return whole += text.substr(from);
}

}  // namespace candour::core
