/// The secret of a token: made once, shown once, kept as its digest.
#pragma once
#include <string>

namespace candour::flow {

struct Secret {
    std::string text;    ///< `cdr_` and 32 characters; 160 bits, out of reach for guessing
    std::string digest;  ///< what the host keeps
};
Secret new_secret();

}  // namespace candour::flow
