/// What remains of each deed, and where: one table of the whole house, so that nothing is done of which
/// nobody can say later who did it. A route that changes something and is not in it is refused by
/// tests/app/deed_test.
#pragma once
#include <span>

#include "edge/http/message.hpp"

namespace candour::http {

enum class Record : std::uint8_t {
    inside,  ///< the audit log, in the transaction that does it, with what was there before
    behind,  ///< the audit log, once it is done: it is many transactions, or a plugin's own
    ledger,  ///< the chain of the item, theme or promise that it is done to
    row,     ///< a row of its own says who did it and when
    none     ///< nothing lasting is changed: somebody looks ahead, or writes a draft
};

struct DeedRule {
    Method method = Method::post;
    std::string_view pattern;
    Record record = Record::behind;
    /// As the audit log calls it; several routes may be one kind of deed.
    std::string_view act{};
};

/// None: it changes nothing, or nobody has said.
const DeedRule* deed_rule(Method method, std::string_view pattern);
std::span<const DeedRule> deed_rules();

}  // namespace candour::http
