#include "voice/catalogue.hpp"

#include <boost/json.hpp>

#include "voice_texts.hpp"

namespace candour::voice {

Catalogue::Catalogue(std::string language, std::string_view json) : language_(std::move(language)) {
    const boost::json::value document = boost::json::parse(json);
    for (const auto& [key, sentence] : document.as_object())
        sentences_.emplace(std::string(key), std::string(sentence.as_string()));
}

std::string_view Catalogue::operator[](std::string_view key) const {
    const auto found = sentences_.find(key);
    return found == sentences_.end() ? key : std::string_view(found->second);
}

std::string Catalogue::say(std::string_view key, Values values) const {
    const std::string_view sentence = (*this)[key];
    std::string out;
    for (std::size_t at = 0; at < sentence.size();) {
        const std::size_t open = std::min(sentence.find('{', at), sentence.size());
        out += sentence.substr(at, open - at);
        if (open == sentence.size()) break;
        const std::size_t close = std::min(sentence.find('}', open), sentence.size() - 1);
        const std::string_view name = sentence.substr(open + 1, close - open - 1);
        for (const auto& [known, value] : values)
            if (known == name) out += value;
        at = close + 1;
    }
    return out;
}

std::string Catalogue::date(std::chrono::year_month_day on) const {
    const unsigned day = static_cast<unsigned>(on.day());
    const std::string month = "month." + std::to_string(static_cast<unsigned>(on.month()));
    return say(day == 1 ? "date.first" : "date.other",
               {{"day", std::to_string(day)}, {"month", (*this)[month]}});
}

const std::vector<Catalogue>& catalogues() {
    static const std::vector<Catalogue> spoken{
        {"en", texts::en_json}, {"de", texts::de_json}, {"fr", texts::fr_json}, {"es", texts::es_json}};
    return spoken;
}

const Catalogue& catalogue(std::string_view language) {
    std::string primary(language.substr(0, language.find_first_of("-_")));
    for (char& c : primary)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    for (const Catalogue& spoken : catalogues())
        if (spoken.language() == primary) return spoken;
    return catalogues().front();
}

}  // namespace candour::voice
