/// Asking some instead of all, so that many users do not drown few decision-makers. No dice: the same seed
/// draws the same people, whoever asks and however often.
///
///     share        of each level of an account so many per cent, rounded up or down by the seed, so that the
///                  portfolio's share is right even where an account has two people of a level
///     per_level    at most so many of each level of an account
///     per_account  at most so many of an account, the levels taking turns, executives first
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/relationship/people.hpp"

namespace candour::core {

struct Sample {
    int per_account = 0;           ///< 0: no limit
    int per_level = 0;             ///< 0: no limit
    std::map<Level, int> share{};  ///< per cent, 1 to 100; a level that is not named is asked whole
    bool asked_for() const { return per_account > 0 || per_level > 0 || !share.empty(); }
};

/// Errors: invalid, naming the field: limits below zero or beyond a million, a share outside 1 to 100.
Done check_sample(const Sample& sample);

/// Somebody of one account who could be asked.
struct Drawable {
    std::size_t index = 0;
    std::string_view contact;
    Level level = Level::operational;
};
/// Indexes of those who are asked, all of one account.
std::vector<std::size_t> draw(const Sample& sample, std::string_view seed, std::string_view account,
                              const std::vector<Drawable>& people);

/// Sixty-four bits that look drawn by lot, and are the same for the same texts for ever.
std::uint64_t lot(std::string_view seed, std::string_view what);

/// A set of addresses of a campaign of any size: eight to sixteen bytes each, and nothing is ever taken out.
/// Two of a million addresses are taken for one with a probability of one to thirty million.
class Addresses {
 public:
    /// False: it was there.
    bool add(std::string_view address);
    bool contains(std::string_view address) const;

 private:
    std::size_t place_of(std::uint64_t key) const;
    void grow();

    std::vector<std::uint64_t> slots_;  ///< 0: free
    std::size_t used_ = 0;
};

}  // namespace candour::core
