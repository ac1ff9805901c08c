#include "core/campaign/sample.hpp"

#include <algorithm>
#include <array>

namespace candour::core {
namespace {

constexpr int kMost = 1'000'000;

std::uint64_t key_of(std::string_view address) {
    const std::uint64_t key = lot("address", address);
    return key == 0 ? 1 : key;
}

struct Lot {
    std::uint64_t number = 0;
    std::size_t index = 0;
    friend auto operator<=>(const Lot&, const Lot&) = default;
};

/// How many of `people`: the part of a person that is left over is decided by lot as well.
std::size_t share_of(std::size_t people, int per_cent, std::uint64_t dice) {
    const std::size_t hundredths = people * static_cast<std::size_t>(per_cent);
    return hundredths / 100 + (dice % 100 < hundredths % 100 ? 1 : 0);
}

std::size_t wanted_of(const Sample& sample, Level level, std::size_t people, std::uint64_t dice) {
    const auto share = sample.share.find(level);
    std::size_t wanted = share == sample.share.end() ? people : share_of(people, share->second, dice);
    if (sample.per_level > 0) wanted = std::min(wanted, static_cast<std::size_t>(sample.per_level));
    return wanted;
}

Done check_limit(const char* name, int limit) {
    if (limit >= 0 && limit <= kMost) return done();
    return Error{ErrorCode::invalid, "audience.sample." + std::string(name) +
                                         ": expected 1 to 1000000, or 0 for no limit; found " +
                                         std::to_string(limit)};
}

}  // namespace

std::uint64_t lot(std::string_view seed, std::string_view what) {
    std::uint64_t mixed = 0xcbf29ce484222325ULL;
    const auto take = [&](std::string_view text) {
        for (const char c : text) mixed = (mixed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        mixed = (mixed ^ 0x100) * 0x100000001b3ULL;  // "ab", "c" is not "a", "bc"
    };
    take(seed);
    take(what);
    // The last bytes have barely reached the high bits yet.
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}

Done check_sample(const Sample& sample) {
    if (Done sound = check_limit("per_account", sample.per_account); !sound) return sound;
    if (Done sound = check_limit("per_level", sample.per_level); !sound) return sound;
    for (const auto& [level, share] : sample.share)
        if (share < 1 || share > 100)
            return Error{ErrorCode::invalid, "audience.sample.share." + std::string(name_of(kLevels, level)) +
                                                 ": expected per cent from 1 to 100, found " +
                                                 std::to_string(share)};
    return done();
}

std::vector<std::size_t> draw(const Sample& sample, std::string_view seed, std::string_view account,
                              const std::vector<Drawable>& people) {
    std::array<std::vector<Lot>, kLevels.size()> levels;
    for (const Drawable& one : people)
        levels[static_cast<std::size_t>(one.level)].push_back({lot(seed, one.contact), one.index});
    for (std::size_t i = 0; i < levels.size(); ++i) {
        std::sort(levels[i].begin(), levels[i].end());
        const auto level = static_cast<Level>(i);
        const std::uint64_t dice = lot(seed, std::string(account) + "/" + std::to_string(i));
        levels[i].resize(wanted_of(sample, level, levels[i].size(), dice));
    }
    const std::size_t most =
        sample.per_account > 0 ? static_cast<std::size_t>(sample.per_account) : people.size();
    std::vector<std::size_t> drawn;
    for (std::size_t turn = 0; turn < people.size() && drawn.size() < most; ++turn)
        for (std::size_t i = levels.size(); i-- > 0 && drawn.size() < most;)
            if (turn < levels[i].size()) drawn.push_back(levels[i][turn].index);
    return drawn;
}

std::size_t Addresses::place_of(std::uint64_t key) const {
    std::size_t place = key & (slots_.size() - 1);
    while (slots_[place] != 0 && slots_[place] != key) place = (place + 1) & (slots_.size() - 1);
    return place;
}

void Addresses::grow() {
    std::vector<std::uint64_t> before(slots_.empty() ? 1024 : slots_.size() * 2);
    before.swap(slots_);
    for (const std::uint64_t key : before)
        if (key != 0) slots_[place_of(key)] = key;
}

bool Addresses::add(std::string_view address) {
    if (4 * (used_ + 1) > 3 * slots_.size()) grow();
    std::uint64_t& slot = slots_[place_of(key_of(address))];
    if (slot != 0) return false;
    slot = key_of(address);
    ++used_;
    return true;
}

bool Addresses::contains(std::string_view address) const {
    return !slots_.empty() && slots_[place_of(key_of(address))] != 0;
}

}  // namespace candour::core
