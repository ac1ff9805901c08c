#include "shelf.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace candour::surveys {

namespace json = boost::json;

namespace {

constexpr std::string_view kIndex = "surveys";
/// An edited survey shows everywhere within this time, also on other hosts.
constexpr std::chrono::seconds kFresh{3};
/// Open links name whatever their reader types; what does not exist is not kept, what exists is bounded.
constexpr std::size_t kMostKept = 200;
/// As long as the host's link to a test works.
constexpr std::chrono::hours kTrialKept{14 * 24};
constexpr std::uint64_t kTrialVersion = 1;
/// Two operators adding surveys at once: the slower one reads again.
constexpr int kShelvingTries = 5;

std::string definition_key(std::string_view id, std::uint64_t version = kNewest) {
    return "survey/" + std::string(id) + (version == kNewest ? "" : "/" + std::to_string(version));
}

std::string trial_key(std::string_view message) {
    return "test/" + std::string(message);
}

std::string wrapped(const Definition& definition) {
    return json::serialize(json::object{{"version", definition.version}, {"definition", definition.text}});
}

Definition unwrapped(std::string text) {
    json::error_code ec;
    const json::value value = json::parse(text, ec);
    const json::object* object = ec ? nullptr : value.if_object();
    const json::value* inside = object ? object->if_contains("definition") : nullptr;
    const json::value* version = object ? object->if_contains("version") : nullptr;
    if (!inside || !inside->is_string() || !version || !version->is_number()) return {1, std::move(text)};
    return {version->to_number<std::uint64_t>(), std::string(inside->get_string())};
}

bool is_missing(const Error& error) {
    return error.code == ErrorCode::not_found;
}

Error unknown(std::string_view id, std::uint64_t version) {
    return Error{ErrorCode::not_found, version == kNewest ? "no survey is called " + std::string(id)
                                                          : "the survey " + std::string(id) +
                                                                " has no version " + std::to_string(version)};
}

}  // namespace

const ThanksPage& Edition::thanks(std::string_view language, std::string_view organisation,
                                  std::size_t number) {
    // The organisation may give itself another name while the page is kept.
    const std::pair key(std::string(language) + "\n" + std::string(organisation), number);
    auto known = thanks_.find(key);
    if (known == thanks_.end()) {
        const bool own = number < survey_.thanks.size();
        const Spoken words = own ? survey_.say(survey_.thanks[number].text, language) : Spoken{{}, language};
        known = thanks_.emplace(key, ThanksPage(survey_, language, organisation, words)).first;
    }
    return known->second;
}

Result<std::shared_ptr<Edition>> Shelf::find(std::string_view id, std::uint64_t version) {
    if (!is_survey_id(id)) return Error{ErrorCode::not_found, "no survey is called that"};
    const sdk::Instant now = host_.now();
    const std::string key = definition_key(id, version);
    const auto kept = kept_.find(key);
    if (kept != kept_.end() && now < kept->second.until) return kept->second.edition;
    Result<Definition> stored = definition(id, version);
    if (!stored) {
        if (is_missing(stored.error()) && kept != kept_.end()) kept_.erase(kept);
        return stored.error();
    }
    Result<Survey> survey = read_survey(stored->text);
    if (!survey) return Error{ErrorCode::corrupt, survey.error().message};
    if (kept_.size() >= kMostKept) kept_.clear();
    auto edition = std::make_shared<Edition>(*std::move(survey), stored->version);
    kept_.insert_or_assign(key, Kept{edition, now + kFresh});
    return edition;
}

Result<Definition> Shelf::definition(std::string_view id, std::uint64_t version) const {
    if (!is_survey_id(id)) return Error{ErrorCode::not_found, "no survey is called that"};
    Result<sdk::KvEntry> stored = host_.kv().get(definition_key(id, version));
    if (!stored && is_missing(stored.error()) && version != kNewest) {
        // Before it was changed for the first time, version 1 stood alone.
        Result<Definition> newest = definition(id);
        return newest && newest->version == version ? newest : Result<Definition>(unknown(id, version));
    }
    if (!stored && is_missing(stored.error())) return unknown(id, version);
    if (!stored) return stored.error();
    return unwrapped(std::move(stored->value));
}

Result<Shelved> Shelf::put(const Survey& survey, std::string_view text) {
    Result<Shelved> shelved = put_once(survey.id, text);
    for (int attempt = 1; !shelved && shelved.error().code == ErrorCode::conflict && attempt < kShelvingTries;
         ++attempt)
        shelved = put_once(survey.id, text);
    if (!shelved) return shelved.error();
    // The index comes last and each time: a crash before it is mended by adding the survey again.
    if (const Done listed = add_to_index(survey.id); !listed) return listed.error();
    kept_.erase(definition_key(survey.id));
    return shelved;
}

/// The version is written first, so that the newest one is never without its copy. A number that somebody
/// took and did not finish with is passed over.
Result<Shelved> Shelf::put_once(const std::string& id, std::string_view text) {
    const Result<sdk::KvEntry> stored = host_.kv().get(definition_key(id));
    if (!stored && !is_missing(stored.error())) return stored.error();
    Definition fresh{1, std::string(text)};
    if (stored) {
        const Definition newest = unwrapped(stored->value);
        if (newest.text == text) return Shelved{newest.version, "unchanged"};
        if (const Done copied = write_once(id, newest); !copied && copied.error().code != ErrorCode::conflict)
            return copied.error();
        fresh.version = newest.version + 1;
    }
    Done written = write_once(id, fresh);
    for (int step = 1; !written && written.error().code == ErrorCode::conflict && step < kShelvingTries;
         ++step) {
        ++fresh.version;
        written = write_once(id, fresh);
    }
    if (!written) return written.error();
    const Result<std::uint64_t> headed =
        host_.kv().put(definition_key(id), wrapped(fresh), stored ? stored->version : 0);
    if (!headed) return headed.error();
    return Shelved{fresh.version, stored ? "updated" : "created"};
}

/// Errors: conflict, that version has other words.
Done Shelf::write_once(const std::string& id, const Definition& definition) const {
    const std::string text = wrapped(definition);
    const Result<std::uint64_t> written = host_.kv().put(definition_key(id, definition.version), text, 0);
    if (written) return done();
    if (written.error().code != ErrorCode::conflict) return written.error();
    const Result<sdk::KvEntry> there = host_.kv().get(definition_key(id, definition.version));
    if (there && there->value == text) return done();
    return written.error();
}

Result<std::vector<std::string>> Shelf::read_index(std::uint64_t& version) const {
    version = 0;
    const Result<sdk::KvEntry> stored = host_.kv().get(kIndex);
    if (!stored && is_missing(stored.error())) return std::vector<std::string>{};
    if (!stored) return stored.error();
    version = stored->version;
    json::error_code ec;
    const json::value list = json::parse(stored->value, ec);
    if (ec || !list.is_array()) return Error{ErrorCode::corrupt, "the list of surveys is no JSON list"};
    std::vector<std::string> ids;
    for (const json::value& id : list.get_array())
        if (id.is_string()) ids.emplace_back(id.get_string());
    return ids;
}

Done Shelf::put_trial(std::string_view message, std::string_view definition,
                      std::string_view language) const {
    const std::string text =
        json::serialize(json::object{{"definition", definition}, {"language", language}});
    const Result<std::uint64_t> stored =
        host_.kv().put(trial_key(message), text, sdk::kAnyVersion, kTrialKept);
    return stored ? done() : Done(stored.error());
}

Result<Trial> Shelf::trial(std::string_view message) const {
    const Result<sdk::KvEntry> stored = host_.kv().get(trial_key(message));
    if (!stored && is_missing(stored.error()))
        return Error{ErrorCode::not_found, "no survey is to be tried by this link"};
    if (!stored) return stored.error();
    json::error_code ec;
    const json::value kept = json::parse(stored->value, ec);
    if (ec || !kept.is_object()) return Error{ErrorCode::corrupt, "a survey to be tried is no JSON object"};
    Result<Survey> survey = read_survey(std::string(kept.at("definition").as_string()));
    if (!survey) return Error{ErrorCode::corrupt, survey.error().message};
    return Trial{std::make_shared<Edition>(*std::move(survey), kTrialVersion),
                 std::string(kept.at("language").as_string())};
}

Result<std::vector<std::string>> Shelf::ids() const {
    std::uint64_t version = 0;
    return read_index(version);
}

Done Shelf::add_to_index(const std::string& id) {
    for (int attempt = 0; attempt < kShelvingTries; ++attempt) {
        std::uint64_t version = 0;
        Result<std::vector<std::string>> ids = read_index(version);
        if (!ids) return ids.error();
        const auto place = std::lower_bound(ids->begin(), ids->end(), id);
        if (place != ids->end() && *place == id) return done();
        ids->insert(place, id);
        const Result<std::uint64_t> stored =
            host_.kv().put(kIndex, json::serialize(json::value_from(*ids)), version);
        if (stored) return done();
        if (stored.error().code != ErrorCode::conflict) return stored.error();
    }
    return Error{ErrorCode::conflict, "the list of surveys is being changed by others; add it again"};
}

}  // namespace candour::surveys
