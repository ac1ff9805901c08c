/// The ledger of an item as its history shows it: the columns of loop.sql `history`, bound and read.
#pragma once
#include "edge/store/session.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::store {

class HistoryColumns {
 public:
    void read_from(Call& call);
    flow::HistoryEntry entry() const;

 private:
    std::string event_, actor_, hash_, content_, name_;
    long long n_ = 0, round_ = 0, at_ = 0, erased_ = 0;
};

}  // namespace candour::store
