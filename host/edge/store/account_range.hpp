/// Accounts as one question takes them: all there are, or those from one id to another.
#pragma once
#include <string>

#include "edge/store/session.hpp"

namespace candour::store {

/// Both included.
struct AccountRange {
    std::string from, to;
};

/// One of two questions: of everybody (`accounts` is nullptr; in pieces, so within one look), or of whoever
/// is there.
inline Call ask_of(Session& session, const AccountRange* accounts, const Query& everybody,
                   const Query& there) {
    return accounts == nullptr ? session.call_in_pieces(everybody) : session.call(there);
}

inline void bind_accounts(Call& call, const AccountRange* accounts) {
    if (accounts != nullptr) call.with("from_account", accounts->from).with("to_account", accounts->to);
}

}  // namespace candour::store
