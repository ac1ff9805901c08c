/// From a plugin's JSON to an observation: schemas/json/observation.schema.json by hand, because it is read
/// for each answer. The tests hold the two against each other.
#pragma once
#include <boost/json/value.hpp>

#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "core/feedback/observation.hpp"
#include "flow/ingest/collectors.hpp"

namespace candour::plugin {

/// What the host knows and the plugin may not say.
struct IngestContext {
    std::string_view source;
    std::string_view stream;
    std::string_view key;
    const flow::Subject* subject = nullptr;  ///< of the job; null: no observation may name one
    core::AnswerClass answer_class = core::AnswerClass::unverified;
    core::Instant now;
};

/// Errors: invalid (with the place), denied (a subject that is not the job's).
Result<core::Observation> read_observation(std::string_view json, const IngestContext& context);

/// The same of what was parsed already.
Result<core::Observation> observation_in(const boost::json::value& document, const IngestContext& context);

/// [{"key": "…", "observation": {…}}, …]; `context.key` is not used. Errors: those of read_observation, with
/// the row in front.
Result<std::vector<core::Observation>> read_batch(std::string_view json, const IngestContext& context);

/// The list itself, for those whose rows have more to say. `document` keeps the parsed text.
Result<const boost::json::array*> rows_in(std::string_view json, boost::json::value& document);
/// The idempotency key of a row. Errors: invalid.
Result<std::string_view> key_in(const boost::json::object& row);

/// RFC 3339, e.g. "2026-03-01T09:30:00.25+01:00".
std::optional<core::Instant> read_instant(std::string_view text);

}  // namespace candour::plugin
