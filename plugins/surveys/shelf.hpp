/// Where the definitions stand: in the host's key-value store, each version for good, and for a few seconds
/// in memory, because every page view and every answer asks for one.
///
///     surveys            ["autumn", …]
///     survey/<id>        {"version": 3, "definition": "…"}, the newest; or a definition alone, which is
///     version 1 survey/<id>/<n>    the same of version n, written once
///     test/<message>     {"definition": "…", "language": "de"}, what one of us was sent to try
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "candour/host.hpp"
#include "notice.hpp"
#include "survey.hpp"

namespace candour::surveys {

/// One version of a survey, with what is rendered from it once.
class Edition {
 public:
    Edition(Survey survey, std::uint64_t version) : survey_(std::move(survey)), version_(version) {}
    const Survey& survey() const { return survey_; }
    std::uint64_t version() const { return version_; }
    /// The thanks of that number, or the catalogue's when there is none. For thanks without variables.
    const ThanksPage& thanks(std::string_view language, std::string_view organisation, std::size_t number);

 private:
    Survey survey_;
    std::uint64_t version_;
    std::map<std::pair<std::string, std::size_t>, ThanksPage, std::less<>> thanks_;
};

struct Definition {
    std::uint64_t version = 0;
    std::string text;
};

struct Shelved {
    std::uint64_t version;
    std::string result;  ///< "created", "updated" or "unchanged"
};

inline constexpr std::uint64_t kNewest = 0;

/// A survey to be tried by one of us; it need not be on the shelf.
struct Trial {
    std::shared_ptr<Edition> edition;
    std::string language;  ///< to be shown in; empty: the reader's
};

/// One thread at a time: the plugin is serial.
class Shelf {
 public:
    explicit Shelf(sdk::Host host) : host_(host) {}
    /// Errors: not_found, and the store's.
    Result<std::shared_ptr<Edition>> find(std::string_view id, std::uint64_t version = kNewest);
    /// The definition as it was added. Errors: not_found, and the store's.
    Result<Definition> definition(std::string_view id, std::uint64_t version = kNewest) const;
    /// What differs from the newest version is the next one. Errors: conflict, and the store's.
    Result<Shelved> put(const Survey& survey, std::string_view definition);
    /// For as long as the link of this message works.
    Done put_trial(std::string_view message, std::string_view definition, std::string_view language) const;
    /// Errors: not_found, and the store's.
    Result<Trial> trial(std::string_view message) const;
    /// Every id, in order of the alphabet.
    Result<std::vector<std::string>> ids() const;

 private:
    struct Kept {
        std::shared_ptr<Edition> edition;
        sdk::Instant until;
    };
    Result<Shelved> put_once(const std::string& id, std::string_view text);
    Done write_once(const std::string& id, const Definition& definition) const;
    Result<std::vector<std::string>> read_index(std::uint64_t& version) const;
    Done add_to_index(const std::string& id);

    sdk::Host host_;
    std::map<std::string, Kept, std::less<>> kept_;
};

}  // namespace candour::surveys
