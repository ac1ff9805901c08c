/// What a customer sees and does on the page of their item. Looking changes nothing; pressing a button is
/// evidence.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/policies.hpp"
#include "crypto/link_tokens.hpp"
#include "flow/clock.hpp"
#include "flow/evidence/links.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::flow {

/// Why a link does not work, as the reader must be told.
enum class LinkState { works, unknown, expired, revoked };

struct OpenedLink {
    LinkState state = LinkState::unknown;
    Link link;
};

/// Everything the page is made of.
struct LoopPageFacts {
    Link link;
    ItemView item;
    std::vector<HistoryEntry> history;
};

enum class Press : std::uint8_t { seen, confirmed, not_yet, correct };
inline constexpr core::NameTable<Press, 4> kPresses{{
    {Press::seen, "seen"},
    {Press::confirmed, "confirmed"},
    {Press::not_yet, "not_yet"},
    {Press::correct, "correct"},
}};

class LoopPages {
 public:
    LoopPages(LinkStore& links, ItemStore& items, const Clock& clock,
              std::shared_ptr<const core::Policies> policies)
        : links_(links), items_(items), clock_(clock), policies_(std::move(policies)) {}

    /// Of an item whose words went on in another one of the same person, that other one.
    Task<Result<LoopPageFacts>> show(Link link);
    /// Errors: invalid ("not yet" without a text), conflict (too late: nothing was changed).
    Task<Result<core::Item>> press(Link link, Press press, std::string text);

 private:
    Task<Result<ItemView>> where_it_stands(ItemId item);
    Task<Result<core::Item>> correct(Link link, core::Act act, std::string text);

    LinkStore& links_;
    ItemStore& items_;
    const Clock& clock_;
    std::shared_ptr<const core::Policies> policies_;
};

/// From the text in a URL to the row behind it: signature, purpose, expiry, revocation.
/// Errors: unavailable only; a link that does not work is a state, not an error.
Task<Result<OpenedLink>> open_link(LinkStore& links, const crypto::LinkTokens& tokens,
                                   crypto::LinkPurpose purpose, std::string token, core::Instant now);

}  // namespace candour::flow
