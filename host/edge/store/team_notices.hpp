/// What one of us should know, written in the transaction in which it happened.
#pragma once
#include <string>
#include <vector>

#include "core/team/notices.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

class NoticeWriter {
 public:
    NoticeWriter();
    /// A row for everybody whom the step tells. `after` is the item when all of it has happened.
    void add(Session& session, const core::Item& after, const std::vector<core::LedgerEvent>& events);
    void add(const ItemId& item, const core::Notice& notice, const std::string& occasion, core::Instant at);
    void write(Session& session);

 private:
    Bulk rows_;
};

/// A warning that somebody's step is due within a working day.
struct Warning {
    ItemId item;
    core::Notice notice;
    core::Instant due;
};
/// Of steps that began before that; nobody was warned of them yet. Only reads.
std::vector<Warning> warnings_at(Session& session, core::Instant now);
void add_warnings(Session& session, const std::vector<Warning>& warnings, core::Instant now);

}  // namespace candour::store
