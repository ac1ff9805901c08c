#include "definition.hpp"

#include <boost/json.hpp>
#include <map>

#include "relationship_nps_texts.hpp"
#include "words.hpp"

namespace candour::relationship_nps {

namespace {

using Versions = std::map<std::string_view, std::map<std::string, Sentences, std::less<>>>;

std::map<std::string, Sentences, std::less<>> read_version(std::string_view text) {
    std::map<std::string, Sentences, std::less<>> languages;
    const boost::json::value parsed = boost::json::parse(boost::json::string_view(text.data(), text.size()));
    for (const auto& [language, sentences] : parsed.as_object())
        languages.emplace(language, read_sentences(boost::json::serialize(sentences)));
    return languages;
}

const Versions& versions() {
    static const Versions all{{kCurrent, read_version(texts::relationship_1_json)}};
    return all;
}

}  // namespace

std::optional<Definition> definition(std::string_view about, std::string_view language) {
    const auto version = versions().find(about.empty() ? kCurrent : about);
    if (version == versions().end()) return std::nullopt;
    const Sentences& text = version->second.at(std::string(spoken(language)));
    Definition asked;
    asked.about = version->first;
    asked.question = text.at("question");
    asked.lowest = text.at("lowest");
    asked.highest = text.at("highest");
    asked.stance = text.at("stance");
    for (std::size_t i = 0; i < asked.stances.size(); ++i)
        asked.stances[i] = text.at("stance_" + std::to_string(i));
    return asked;
}

}  // namespace candour::relationship_nps
