/// How a request reaches the collector plugin it belongs to, and what the plugin gives back.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/feedback/observation.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// What a plugin may know about the person it talks to; empty on an open link.
struct Subject {
    MessageId message;
    std::string about;  ///< what the link is for, e.g. the survey's id
    ContactId contact;
    AccountId account;
    std::string contact_name;
    std::string account_name;
    std::string language;
    bool answered = false;  ///< an answer to this message was already accepted
};

/// One page view (GET), or one journaled job: a POST, or an event. Everything in it was checked by the host:
/// UTF-8, no NUL, sizes.
struct CollectRequest {
    std::string plugin;
    std::string event;    ///< its kind, e.g. contact.erased; then only plugin, key, payload and attempt count
    std::string payload;  ///< of the event (JSON)
    std::string route;    ///< id of a route in the plugin's manifest
    std::string method;   ///< GET or POST
    std::map<std::string, std::string> params;  ///< from the route's path, e.g. {"survey": "q3"}
    std::map<std::string, std::string> query;
    std::map<std::string, std::string> form;  ///< POST only
    std::string language;                     ///< the best match of Accept-Language and the subject
    std::vector<std::string> languages;       ///< whatever else it asks for, the most wanted first
    std::string organisation;                 ///< as customers know us
    std::string form_action;                  ///< where the page's form must post to
    std::string form_fields;                  ///< HTML the host wants inside that form, verbatim
    std::string loop_url;  ///< POST only: the coming loop page, empty for anonymous answers
    int hear_days = 0;  ///< POST only: within how many days somebody will say what was heard; 0: not promised
    std::string key;    ///< POST only: idempotency key of the job
    Subject subject;
    core::AnswerClass answer_class = core::AnswerClass::unverified;  ///< as the press of the button shows it
    bool many_scores = false;  ///< several scores of the link were tried at once
    bool test = false;         ///< one of us tries it: nothing that comes of it is kept
    int attempt = 1;           ///< above 1: an earlier try may have had effects
    core::Instant deadline;
};

/// The plugin's answer; the facts it ingested during the call wait in `observations` and commit with the
/// job's outcome.
struct Collected {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string language;
    std::string body;
    std::vector<core::Observation> observations;
};

class Collectors {
 public:
    virtual ~Collectors() = default;
    /// Errors: not_found (no such plugin or route), unavailable (suspended, worker died), deadline, and the
    /// plugin's own.
    virtual Task<Result<Collected>> collect(CollectRequest request) = 0;
    /// false: it is there, but not now; it begins again, or waits for somebody who looks after it.
    virtual bool serves(const std::string& plugin) const = 0;
    /// A named event for one plugin, e.g. ("surveys", "survey.add", definition). Returns the plugin's reply
    /// (JSON).
    virtual Task<Result<std::string>> event(std::string plugin, std::string kind,
                                            std::string payload_json) = 0;
};

}  // namespace candour::flow
