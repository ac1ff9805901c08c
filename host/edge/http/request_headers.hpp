/// The request headers whose values mean something to a handler, each read by one function.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "edge/http/message.hpp"

namespace candour::http {

/// Parameters such as `charset=utf-8` do not matter; a charset other than UTF-8 does, and does not match.
bool has_content_type(const Request& request, std::string_view expected);

/// The best of `offered` for an Accept-Language value; the first one when nothing fits or nothing was said.
/// `de-AT` accepts `de`; a weight of 0 refuses.
std::string_view accept_language(std::string_view header, std::span<const std::string_view> offered);

/// Every language that an Accept-Language value wants, the most wanted first, at most eight: for whoever
/// offers other ones than we do. What is no language tag is left out.
std::vector<std::string> accepted_languages(std::string_view header);

/// nullopt when there is no Authorization header of the form `Bearer <token>`.
std::optional<std::string> bearer_token(const Request& request);

/// The version the caller saw. nullopt: no If-Match (answer `version_required()`). invalid: `*`, weak or
/// several versions, because each of them would let a step pass that its caller has not looked at.
Result<std::optional<std::int64_t>> if_match(const Request& request);

/// 1 to 255 visible characters; quotes around them, as the draft standard has it, are taken off.
Result<std::optional<std::string>> idempotency_key(const Request& request);

/// Whether an Accept-Encoding value takes `coding`; nothing said is no.
bool accepts_coding(std::string_view header, std::string_view coding);

/// Whether If-None-Match names this version of an answer (`"…"`), weakly or not, or any.
bool names_etag(const Request& request, std::string_view etag);

/// For browsers' sake a refusal is a page when HTML is asked for by name.
bool prefers_html(const Request& request);

}  // namespace candour::http
