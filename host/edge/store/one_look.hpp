/// Several statements that see one commit.
#pragma once
#include "candour_queries.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

template <class Work>
auto in_one_look(Session& session, Work work) -> decltype(work()) {
    session.call(sql::metrics::begin_look).run();
    try {
        auto outcome = work();
        session.call(sql::metrics::end_look).run();
        return outcome;
    } catch (...) {
        try {
            session.call(sql::transaction::rollback).run();
        } catch (const std::exception&) {  // a lost connection has nothing to undo
        }
        throw;
    }
}

}  // namespace candour::store
