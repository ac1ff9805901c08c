#include "words.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "relationship_nps_texts.hpp"

namespace candour::relationship_nps {

namespace {

const std::map<std::string, Sentences, std::less<>>& catalogues() {
    static const std::map<std::string, Sentences, std::less<>> all{{"en", read_sentences(texts::en_json)},
                                                                   {"de", read_sentences(texts::de_json)},
                                                                   {"fr", read_sentences(texts::fr_json)},
                                                                   {"es", read_sentences(texts::es_json)}};
    return all;
}

}  // namespace

std::string_view spoken(std::string_view language) {
    const auto found = catalogues().find(language.substr(0, language.find('-')));
    return found != catalogues().end() ? std::string_view(found->first) : "en";
}

Sentences read_sentences(std::string_view json) {
    Sentences sentences;
    const boost::json::value parsed = boost::json::parse(boost::json::string_view(json.data(), json.size()));
    for (const auto& [key, value] : parsed.as_object()) sentences.emplace(key, value.as_string());
    return sentences;
}

const std::string& words(std::string_view language, std::string_view key) {
    const Sentences& sentences = catalogues().at(std::string(spoken(language)));
    const auto found = sentences.find(key);
    if (found == sentences.end()) throw std::logic_error("no sentence called " + std::string(key));
    return found->second;
}

std::string words(std::string_view language, std::string_view key, Values values) {
    std::string_view rest = words(language, key);
    std::string text;
    while (!rest.empty()) {
        const std::size_t open = std::min(rest.find('{'), rest.size());
        text += rest.substr(0, open);
        rest.remove_prefix(open);
        const std::size_t close = rest.find('}');
        if (close == std::string_view::npos) break;
        for (const auto& [name, value] : values)
            if (name == rest.substr(1, close - 1)) text += value;
        rest.remove_prefix(close + 1);
    }
    return text + std::string(rest);
}

}  // namespace candour::relationship_nps
