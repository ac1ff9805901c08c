/// Where the definitions stand: in the host's key-value store, and for a few seconds in memory, because every
/// page view and every answer asks for one.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "candour/host.hpp"
#include "page.hpp"
#include "survey.hpp"

namespace candour::surveys {

/// A survey with what is rendered from it once.
class Edition {
 public:
    explicit Edition(Survey survey);
    const Survey& survey() const { return survey_; }
    const ThanksPage& thanks(std::string_view language) const { return thanks_.find(language)->second; }

 private:
    Survey survey_;
    std::map<std::string, ThanksPage, std::less<>> thanks_;
};

/// One thread at a time: the plugin is serial.
class Shelf {
 public:
    explicit Shelf(sdk::Host host) : host_(host) {}
    /// Errors: not_found, and the store's.
    Result<std::shared_ptr<const Edition>> find(std::string_view id);
    /// The definition as it was stored. Errors: not_found, and the store's.
    Result<std::string> definition(std::string_view id) const;
    /// "created" or "updated". Errors: invalid (with every problem), conflict, and the store's.
    Result<std::string> put(const Survey& survey, std::string_view definition);
    /// Every id, in order of the alphabet.
    Result<std::vector<std::string>> ids() const;

 private:
    struct Kept {
        std::shared_ptr<const Edition> edition;
        sdk::Instant until;
    };
    Result<std::vector<std::string>> read_index(std::uint64_t& version) const;
    Done add_to_index(const std::string& id);

    sdk::Host host_;
    std::map<std::string, Kept, std::less<>> kept_;
};

}  // namespace candour::surveys
