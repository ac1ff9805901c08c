#include "names.hpp"

#include <algorithm>
#include <array>

namespace candour::imports {
namespace {

struct Alias {
    std::string_view name;
    Role role;
    int rank;
};

constexpr auto kAliases = std::to_array<Alias>({
    {"responseid", Role::id, 0},
    {"respondentid", Role::id, 0},
    {"surveyresponseid", Role::id, 0},
    {"submissionid", Role::id, 0},
    {"recordid", Role::id, 0},
    {"answerid", Role::id, 1},
    {"id", Role::id, 2},
    {"email", Role::email, 0},
    {"emailaddress", Role::email, 0},
    {"recipientemail", Role::email, 1},
    {"personemail", Role::email, 1},
    {"contactemail", Role::email, 1},
    {"customeremail", Role::email, 1},
    {"useremail", Role::email, 1},
    {"mail", Role::email, 2},
    {"name", Role::name, 0},
    {"fullname", Role::name, 0},
    {"personname", Role::name, 1},
    {"contactname", Role::name, 1},
    {"customername", Role::name, 1},
    {"firstname", Role::first_name, 0},
    {"recipientfirstname", Role::first_name, 0},
    {"givenname", Role::first_name, 1},
    {"lastname", Role::last_name, 0},
    {"recipientlastname", Role::last_name, 0},
    {"surname", Role::last_name, 1},
    {"familyname", Role::last_name, 1},
    {"personid", Role::person, 0},
    {"externalreference", Role::person, 0},
    {"externaldatareference", Role::person, 0},
    {"customerid", Role::person, 1},
    {"contactid", Role::person, 1},
    {"userid", Role::person, 2},
    {"token", Role::person, 3},
    {"accesscode", Role::person, 3},
    {"tid", Role::person, 4},
    {"account", Role::account, 0},
    {"accountref", Role::account, 0},
    {"accountname", Role::account, 1},
    {"company", Role::account, 2},
    {"companyname", Role::account, 2},
    {"organisation", Role::account, 3},
    {"organization", Role::account, 3},
    {"score", Role::score, 0},
    {"npsscore", Role::score, 0},
    {"nps", Role::score, 1},
    {"rating", Role::score, 2},
    {"likelihoodtorecommend", Role::score, 2},
    {"comment", Role::comment, 0},
    {"comments", Role::comment, 0},
    {"verbatim", Role::comment, 0},
    {"feedback", Role::comment, 1},
    {"reason", Role::comment, 1},
    {"respondedat", Role::at, 0},
    {"recordeddate", Role::at, 0},
    {"submitdate", Role::at, 0},
    {"datesubmitted", Role::at, 0},
    {"completedat", Role::at, 0},
    {"submittedat", Role::at, 0},
    {"answeredat", Role::at, 0},
    {"occurredat", Role::at, 0},
    {"collectedat", Role::at, 0},
    {"createdat", Role::at, 1},
    {"enddate", Role::at, 1},
    {"timestamp", Role::at, 1},
    {"date", Role::at, 1},
    {"created", Role::at, 2},
    {"datestamp", Role::at, 2},
    {"datelastaction", Role::at, 2},
    {"updatedat", Role::at, 3},
    {"startdate", Role::at, 3},
    {"datestarted", Role::at, 3},
    {"language", Role::language, 0},
    {"userlanguage", Role::language, 0},
    {"startlanguage", Role::language, 0},
    {"locale", Role::language, 1},
    {"status", Role::status, 0},
    {"finished", Role::finished, 0},
    {"surveytype", Role::survey_type, 0},
    {"tags", Role::tags, 0},
    {"notes", Role::notes, 0},
    {"permalink", Role::permalink, 0},
    {"no", Role::ignored, 0},
    {"ipaddress", Role::ignored, 0},
    {"ipaddr", Role::ignored, 0},
    {"progress", Role::ignored, 0},
    {"duration", Role::ignored, 0},
    {"durationinseconds", Role::ignored, 0},
    {"locationlatitude", Role::ignored, 0},
    {"locationlongitude", Role::ignored, 0},
    {"distributionchannel", Role::ignored, 0},
    {"collectorid", Role::ignored, 0},
    {"surveyid", Role::ignored, 0},
    {"seed", Role::ignored, 0},
    {"refurl", Role::ignored, 0},
    {"referrerurl", Role::ignored, 0},
    {"lastpage", Role::ignored, 0},
    {"url", Role::ignored, 0},
    {"country", Role::ignored, 0},
});

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(
        words, [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string lower(std::string_view text) {
    std::string low(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return low;
}

}  // namespace

std::string folded(std::string_view name) {
    std::string kept;
    for (const char c : lower(name)) {
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U);
        if (letter) kept += c;
    }
    return kept;
}

Meaning meaning_of(std::string_view name) {
    const std::string key = folded(name);
    if (key.starts_with("useragent") || key.starts_with("formbricksid")) return {Role::ignored, 0};
    const auto found = std::ranges::find(kAliases, std::string_view(key), &Alias::name);
    return found == kAliases.end() ? Meaning() : Meaning{found->role, found->rank};
}

bool asks_to_recommend(std::string_view question) {
    const std::string low = lower(question);
    return has_any(low, {"recommend", "empfehl", "recomend", "recommand"}) &&
           has_any(low, {"likely", "likelihood", "wahrscheinlich", "probab", "scale", "skala"});
}

bool asks_why(std::string_view question) {
    return has_any(lower(question),
                   {"reason", "why", "grund", "warum", "raison", "pourquoi", "motivo", "por qué"});
}

}  // namespace candour::imports
