#include "catalogue.hpp"

#include <boost/json.hpp>
#include <map>
#include <stdexcept>

#include "surveys_texts.hpp"

namespace candour::surveys {

namespace {

using Catalogue = std::map<std::string, std::string, std::less<>>;

Catalogue read(std::string_view text) {
    Catalogue catalogue;
    const boost::json::value parsed = boost::json::parse(boost::json::string_view(text.data(), text.size()));
    for (const auto& [key, value] : parsed.as_object()) catalogue.emplace(key, value.as_string());
    return catalogue;
}

const std::map<std::string, Catalogue, std::less<>>& catalogues() {
    static const std::map<std::string, Catalogue, std::less<>> all{{"en", read(texts::en_json)},
                                                                   {"de", read(texts::de_json)},
                                                                   {"fr", read(texts::fr_json)},
                                                                   {"es", read(texts::es_json)},
                                                                   {"ar", read(texts::ar_json)}};
    return all;
}

}  // namespace

std::string_view catalogue_language(std::string_view language) {
    const auto found = catalogues().find(language.substr(0, language.find('-')));
    return found != catalogues().end() ? std::string_view(found->first) : "en";
}

const std::string& words(std::string_view language, std::string_view key) {
    const Catalogue& spoken = catalogues().find(catalogue_language(language))->second;
    const auto found = spoken.find(key);
    if (found == spoken.end()) throw std::logic_error("no catalogue text for " + std::string(key));
    return found->second;
}

std::string words(std::string_view language, std::string_view key,
                  const std::vector<std::pair<std::string_view, std::string>>& values) {
    std::string text = words(language, key);
    for (const auto& [name, value] : values) {
        const std::string hole = "{" + std::string(name) + "}";
        const std::size_t at = text.find(hole);
        if (at != std::string::npos) text.replace(at, hole.size(), value);
    }
    return text;
}

}  // namespace candour::surveys
