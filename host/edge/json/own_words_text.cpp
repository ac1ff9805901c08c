#include "edge/json/own_words_text.hpp"

#include <boost/json.hpp>

#include "core/campaign/pace.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

constexpr std::string_view kInvitation = "invitation";
constexpr std::string_view kReminder = "reminder_";
/// More languages than the world's mail programs offer are a mistake.
constexpr std::size_t kMaxLanguages = 100;

Error not_own_words(const std::string& field, const std::string& expected) {
    return Error{ErrorCode::invalid, "words" + (field.empty() ? "" : "." + field) + ": expected " + expected};
}

/// 0 for the invitation, 1 to 5 for reminder_1 to reminder_5.
std::optional<int> mail_called(std::string_view name) {
    if (name == kInvitation) return 0;
    if (!name.starts_with(kReminder) || name.size() != kReminder.size() + 1) return std::nullopt;
    const int number = name.back() - '0';
    return number >= 1 && number <= static_cast<int>(core::kMaxReminders) ? std::optional(number)
                                                                          : std::nullopt;
}

std::string name_of_mail(int mail) {
    return mail == 0 ? std::string(kInvitation) : std::string(kReminder) + std::to_string(mail);
}

Result<core::OwnText> text_of(const std::string& where, const bj::value& value) {
    const bj::object* fields = value.if_object();
    if (fields == nullptr) return not_own_words(where, "an object with subject and text");
    core::OwnText own;
    for (const auto& [name, content] : *fields) {
        const bj::string* text = content.if_string();
        if (text == nullptr || (name != "subject" && name != "text"))
            return not_own_words(where, "the texts subject and text, and nothing else");
        (name == "subject" ? own.subject : own.text).assign(text->data(), text->size());
    }
    return own;
}

Done read_mail(const std::string& name, const bj::value& value, core::OwnWords& into) {
    const std::optional<int> mail = mail_called(name);
    if (!mail)
        return not_own_words("",
                             "invitation, reminder_1 to reminder_5; found \"" + name.substr(0, 40) + "\"");
    const bj::object* languages = value.if_object();
    if (languages == nullptr || languages->empty() || languages->size() > kMaxLanguages)
        return not_own_words(name, "an object with a text per language, such as {\"de\": {\"text\": \"…\"}}");
    for (const auto& [language, content] : *languages) {
        const std::string tag(language.data(), language.size());
        Result<core::OwnText> own = text_of(name + "." + tag.substr(0, 40), content);
        if (!own) return own.error();
        into[*mail].insert_or_assign(tag, std::move(*own));
    }
    return done();
}

}  // namespace

bj::object own_words_document(const core::OwnWords& words) {
    bj::object document;
    for (const auto& [mail, texts] : words) {
        bj::object languages;
        for (const auto& [language, own] : texts) {
            bj::object text;
            if (!own.subject.empty()) text["subject"] = own.subject;
            if (!own.text.empty()) text["text"] = own.text;
            languages[language] = std::move(text);
        }
        document[name_of_mail(mail)] = std::move(languages);
    }
    return document;
}

std::string write_own_words(const core::OwnWords& words) {
    return bj::serialize(own_words_document(words));
}

Result<core::OwnWords> own_words_of(const bj::value& document) {
    core::OwnWords words;
    if (document.is_null()) return words;
    const bj::object* mails = document.if_object();
    if (mails == nullptr)
        return not_own_words("", "an object such as {\"invitation\": {\"en\": {\"text\": \"…\"}}}");
    for (const auto& [name, value] : *mails)
        if (Done read = read_mail(std::string(name.data(), name.size()), value, words); !read)
            return read.error();
    return words;
}

Result<core::OwnWords> read_own_words(std::string_view text) {
    boost::system::error_code bad;
    const bj::value document = bj::parse(bj::string_view(text.data(), text.size()), bad);
    return bad ? Result<core::OwnWords>(not_own_words("", "JSON")) : own_words_of(document);
}

}  // namespace candour::json
