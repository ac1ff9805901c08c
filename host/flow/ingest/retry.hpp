/// What a plugin that failed may be asked again.
#pragma once
#include "candour/result.hpp"

namespace candour::flow {

/// The fault may pass: of the moment, or of a plugin that is started anew.
inline bool worth_another_try(ErrorCode code) {
    return code == ErrorCode::unavailable || code == ErrorCode::deadline || code == ErrorCode::exhausted ||
           code == ErrorCode::cancelled || code == ErrorCode::internal;
}

}  // namespace candour::flow
