/// The host's request document as the pages need it.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::surveys {

/// Views into the request's document, which it keeps.
class Visit {
 public:
    /// Errors: corrupt (the host sent something else than a request).
    static Result<Visit> read(std::string_view request_json);

    /// Nobody's: what a page looks like.
    static Visit of_a_preview(std::string_view language, std::string_view organisation);

    /// The same visit, as if it had brought these fields.
    Visit saying(const boost::json::object& form) const;
    /// The same visit, by somebody who reads this language.
    Visit reading(std::string_view language) const;

    bool is_post() const { return text("method") == "POST"; }
    std::string_view text(std::string_view key) const { return text_at(document_.get_object(), key); }
    /// nullopt-like: empty when it was not sent.
    std::string_view form(std::string_view name) const { return nested("form", name); }
    std::string_view query(std::string_view name) const { return nested("query", name); }
    bool has_form(std::string_view name) const;

    /// The reader's, the most wanted first; the last one is spoken by the host itself.
    std::vector<std::string_view> languages() const;

    bool is_personal() const { return document_.get_object().contains("subject"); }
    std::string_view subject(std::string_view key) const { return nested("subject", key); }
    /// One of us tries a survey: nothing of it may be kept.
    bool is_test() const;
    bool answered() const;

    /// The survey that the link names: its own for a personal link, a part of the path for an open one.
    std::string_view survey() const { return is_personal() ? subject("about") : nested("params", "survey"); }

 private:
    static std::string_view text_at(const boost::json::object& object, std::string_view key);
    std::string_view nested(std::string_view part, std::string_view key) const;

    boost::json::value document_;
};

}  // namespace candour::surveys
