/// The host's request document, as this plugin reads it.
#pragma once
#include <boost/json.hpp>
#include <string_view>

#include "candour/result.hpp"

namespace candour::relationship_nps {

/// The texts it returns live as long as it does; what is missing reads as empty.
class Asked {
 public:
    /// Errors: corrupt (something else than a request on a personal link).
    static Result<Asked> read(std::string_view request_json);

    bool is_answer() const { return text("method") == "POST"; }
    std::string_view text(std::string_view key) const { return text_in(document_.get_object(), key); }
    std::string_view query(std::string_view name) const { return text_in(part("query"), name); }
    std::string_view form(std::string_view name) const { return text_in(part("form"), name); }
    bool sent(std::string_view name) const { return part("form").contains(name); }
    std::string_view subject(std::string_view key) const { return text_in(part("subject"), key); }
    bool answered_before() const;
    /// Within how many days somebody is heard; 0: nothing was promised.
    std::int64_t hear_days() const;

 private:
    const boost::json::object& part(std::string_view key) const;
    static std::string_view text_in(const boost::json::object& object, std::string_view key);

    boost::json::value document_;
};

}  // namespace candour::relationship_nps
