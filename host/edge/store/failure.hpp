/// What went wrong in a database, as one of our errors, without the values that were bound: they may be
/// personal.
#pragma once
#include <exception>

#include "candour/result.hpp"

namespace candour::store {

/// unavailable: the connection or the lock was lost, try again. conflict: a unique key refused the row.
/// denied: a trigger did (append-only tables). internal: anything else, a bug of ours.
Error error_of(const std::exception& failure);

/// After these the session is of no use any more.
bool lost_connection(const std::exception& failure);

}  // namespace candour::store
