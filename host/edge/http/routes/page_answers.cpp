#include <array>

#include "edge/http/request_headers.hpp"
#include "edge/http/routes/customer_pages.hpp"

namespace candour::http {
namespace {

constexpr std::array<std::string_view, 4> kLanguages{"en", "de", "fr", "es"};

}  // namespace

std::string language_of(const Request& request, const std::string& known) {
    if (!known.empty()) return known;
    return std::string(accept_language(request.header("Accept-Language"), kLanguages));
}

Response notice(const PageNeeds& needs, const Request& request, unsigned status, voice::Notice notice,
                std::string reason) {
    voice::NoticeFacts facts;
    facts.organisation = needs.policies->organisation;
    facts.language = language_of(request, {});
    facts.reason = std::move(reason);
    facts.contact_line = needs.policies->address_line;
    facts.privacy_url = needs.policies->privacy_url;
    return Response::html(status, voice::notice_page(notice, facts));
}

Response dead_link(const PageNeeds& needs, const Request& request, flow::LinkState state) {
    switch (state) {
        case flow::LinkState::expired:
            return notice(needs, request, 410, voice::Notice::expired_link);
        case flow::LinkState::revoked:
            return notice(needs, request, 410, voice::Notice::revoked_link);
        case flow::LinkState::works:
        case flow::LinkState::unknown:
            break;
    }
    return notice(needs, request, 404, voice::Notice::unknown_link);
}

}  // namespace candour::http
