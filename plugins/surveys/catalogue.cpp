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

const Catalogue& catalogue(std::string_view language) {
    static const std::map<std::string, Catalogue, std::less<>> all{{"en", read(texts::en_json)},
                                                                   {"de", read(texts::de_json)},
                                                                   {"fr", read(texts::fr_json)},
                                                                   {"es", read(texts::es_json)}};
    const auto found = all.find(language.substr(0, language.find('-')));
    return found != all.end() ? found->second : all.find("en")->second;
}

}  // namespace

const std::string& words(std::string_view language, std::string_view key) {
    const Catalogue& spoken = catalogue(language);
    const auto found = spoken.find(key);
    if (found == spoken.end()) throw std::logic_error("no catalogue text for " + std::string(key));
    return found->second;
}

std::string words(std::string_view language, std::string_view key, std::string_view name,
                  std::string_view value) {
    std::string text = words(language, key);
    const std::string hole = "{" + std::string(name) + "}";
    const std::size_t at = text.find(hole);
    if (at != std::string::npos) text.replace(at, hole.size(), value);
    return text;
}

}  // namespace candour::surveys
