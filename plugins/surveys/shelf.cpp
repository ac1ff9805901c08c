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
/// Two operators adding surveys at once: the slower one reads the index again.
constexpr int kTries = 5;

std::string key_of(std::string_view id) {
    return "survey/" + std::string(id);
}

}  // namespace

Edition::Edition(Survey survey) : survey_(std::move(survey)) {
    for (const auto& [language, texts] : survey_.languages)
        thanks_.emplace(language, ThanksPage(survey_, language));
}

Result<std::shared_ptr<const Edition>> Shelf::find(std::string_view id) {
    if (!is_survey_id(id)) return Error{ErrorCode::not_found, "no survey is called that"};
    const sdk::Instant now = host_.now();
    const auto kept = kept_.find(id);
    if (kept != kept_.end() && now < kept->second.until) return kept->second.edition;
    const Result<std::string> stored = definition(id);
    if (!stored) {
        if (stored.error().code == ErrorCode::not_found && kept != kept_.end()) kept_.erase(kept);
        return stored.error();
    }
    Result<Survey> survey = read_survey(*stored);
    if (!survey) return Error{ErrorCode::corrupt, survey.error().message};
    if (kept_.size() >= kMostKept) kept_.clear();
    const auto edition = std::make_shared<const Edition>(*std::move(survey));
    kept_.insert_or_assign(std::string(id), Kept{edition, now + kFresh});
    return edition;
}

Result<std::string> Shelf::definition(std::string_view id) const {
    if (!is_survey_id(id)) return Error{ErrorCode::not_found, "no survey is called that"};
    Result<sdk::KvEntry> stored = host_.kv().get(key_of(id));
    if (!stored && stored.error().code == ErrorCode::not_found)
        return Error{ErrorCode::not_found, "no survey is called " + std::string(id)};
    if (!stored) return stored.error();
    return std::move(stored->value);
}

Result<std::string> Shelf::put(const Survey& survey, std::string_view text) {
    const Result<std::uint64_t> stored = host_.kv().put(key_of(survey.id), text);
    if (!stored) return stored.error();
    // The index comes second and each time: a crash between the two is mended by adding the survey again.
    if (const Done listed = add_to_index(survey.id); !listed) return listed.error();
    kept_.erase(survey.id);
    return std::string(*stored == 1 ? "created" : "updated");
}

Result<std::vector<std::string>> Shelf::read_index(std::uint64_t& version) const {
    version = 0;
    const Result<sdk::KvEntry> stored = host_.kv().get(kIndex);
    if (!stored && stored.error().code == ErrorCode::not_found) return std::vector<std::string>{};
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

Result<std::vector<std::string>> Shelf::ids() const {
    std::uint64_t version = 0;
    return read_index(version);
}

Done Shelf::add_to_index(const std::string& id) {
    for (int attempt = 0; attempt < kTries; ++attempt) {
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
