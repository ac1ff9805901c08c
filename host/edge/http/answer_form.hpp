/// What the form of an answer carries beyond every form: a place for a gesture, and on a personal link one
/// more trap.
#pragma once
#include <string>
#include <string_view>

#include "core/feedback/answer_class.hpp"
#include "edge/http/form_guard.hpp"
#include "edge/http/message.hpp"
#include "flow/ingest/link_fetches.hpp"

namespace candour::http {

/// The one script of a customer's page, and the policy that lets it run: it is the host's own, from this
/// host.
inline constexpr std::string_view kGesturePath = "/gesture.js";
inline constexpr std::string_view kGestureScript = "<script src=\"/gesture.js\" defer></script>";

/// HTML for the end of the form. `path`: of the page; its hidden link is there when the link is personal.
std::string answer_fields(const FormGuard& guard, std::string_view purpose, std::string_view subject,
                          core::Instant now, std::string_view path, bool personal);

/// human when a hand was seen at work, else as the press shows.
core::AnswerClass pressed_by(const FormPress& press, const Form& form);

/// The raw signals of a request for a personal link. `fields`: the query of a GET, the form of a POST.
flow::LinkFetch fetch_of(const Request& request, const MessageId& message, const Form& fields,
                         core::Instant now);

}  // namespace candour::http
