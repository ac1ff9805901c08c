/// An answer as the host keeps it: schemas/json/observation.schema.json.
#pragma once
#include <string>
#include <string_view>

#include "answers.hpp"
#include "survey.hpp"
#include "visit.hpp"

namespace candour::surveys {

/// What goes into the record beside the answers themselves.
struct Circumstance {
    std::uint64_t version;    ///< of the definition that was answered
    bool complete;            ///< false: pages are still to come
    std::string_view thread;  ///< ties the pages of an answer on the open link together
    std::string_view language;
};

/// Score, words and wishes where the host looks for them; every other answer in `answers`, under its
/// question's id, beside `_version`, `_complete` and the gaps.
std::string observation_json(const Survey& survey, const Visit& visit, const Answers& answers,
                             const Circumstance& circumstance);

/// How somebody says they speak about us: a fact of its own, for the Advocacy Rate.
std::string stance_json(const Survey& survey, const Visit& visit, const Answers& answers,
                        const Circumstance& circumstance);

/// The thread that a form names, if it can be one; else empty.
std::string_view thread_in(const Visit& visit);

}  // namespace candour::surveys
