#include "flow/loop/commitments.hpp"

#include <charconv>

namespace candour::flow {

Result<CommitmentRef> CommitmentRef::parse(std::string_view text) {
    if (const auto id = core::CommitmentId::parse(text)) return CommitmentRef{*id, 0};
    std::int64_t number = 0;
    if (text.size() > 3 && (text.starts_with("PR-") || text.starts_with("pr-"))) {
        const std::string_view digits = text.substr(3);
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failure == std::errc() && end == digits.data() + digits.size() && number > 0)
            return CommitmentRef{{}, number};
    }
    return Error{ErrorCode::invalid,
                 "commitment: expected an id such as cmt_… or an alias such as PR-3, found \"" +
                     std::string(text.substr(0, 60)) +
                     "\"; a promise that was made about an item is settled by that item's change"};
}

}  // namespace candour::flow
