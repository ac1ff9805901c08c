/// A page as a browser without JavaScript, without cookies and without memory understands it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "edge/http/client.hpp"
#include "edge/http/forms.hpp"

namespace candour::journeys {

/// One start tag with its attributes, decoded.
struct Tag {
    std::string name;
    std::vector<http::FormField> attributes;
    std::size_t end = 0;  ///< where the text behind it begins

    std::string get(std::string_view attribute) const;
    bool has(std::string_view attribute) const;
};

struct PageForm {
    std::string action;
    std::vector<http::FormField> fields;   ///< what would be sent without touching anything
    std::vector<http::FormField> buttons;  ///< in the order of the document; Enter presses the first
};

struct Page {
    unsigned status = 0;
    http::Headers headers;
    std::string body;

    std::vector<Tag> tags() const;
    std::vector<PageForm> forms() const;
    /// The form that has this button. Throws runtime_error with the page when there is none.
    PageForm form_with(std::string_view button, std::string_view value) const;
    /// Every address that somebody who looks at everything would fetch: href, src, action.
    std::vector<std::string> addresses() const;
    /// What a person reads: without tags, entities decoded, white space as one space.
    std::string words() const;
    bool says(std::string_view words) const;
};

/// &amp; &lt; &gt; &quot; &#39; and numbers.
std::string decoded(std::string_view html);

class Browser {
 public:
    explicit Browser(
        std::string base,
        std::string user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0");

    /// Absolute or relative to the host.
    Page get(const std::string& address) const { return send(http::Method::get, address); }
    Page head(const std::string& address) const { return send(http::Method::head, address); }
    /// Fills in what is named (adding or replacing) and presses the button with this name and value.
    Page submit(const PageForm& form, const std::vector<http::FormField>& filled_in = {},
                const http::FormField& button = {}) const;
    Page post(const std::string& address, std::string body,
              std::string content_type = "application/x-www-form-urlencoded") const;

 private:
    Page send(http::Method method, const std::string& address, std::string body = {},
              std::string content_type = {}) const;
    std::string base_, user_agent_;
};

}  // namespace candour::journeys
