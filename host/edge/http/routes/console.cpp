#include "edge/http/routes/console.hpp"

#include <algorithm>

#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"

namespace candour::http {
namespace {

/// Every address at which the console shows a page; whatever else is asked for is not here. Kept equal to
/// host/console/src/lib/routes.ts by tests/console.
constexpr const char* kPages[] = {
    "/sign-in",
    "/today",
    "/inbox",
    "/loop",
    "/item/{item}",
    "/themes",
    "/themes/{theme}",
    "/accounts",
    "/accounts/{account}",
    "/people/{person}",
    "/trends",
    "/trends/{metric}",
    "/promises",
    "/mail",
    "/mail/{mail}",
    "/campaigns",
    "/campaigns/{campaign}",
    "/surveys",
    "/surveys/{survey}",
    "/plugins",
    "/settings",
    "/settings/{section}",
};

/// A file's name holds the digest of what is in it, so what was loaded once never changes.
constexpr const char* kForEver = "public, max-age=31536000, immutable";

Response file_of(const ConsoleFile& file, std::string_view encoding, std::string_view bytes) {
    Response response;
    response.status = 200;
    response.content_type = std::string(file.type);
    response.body = std::string(bytes);
    if (!encoding.empty()) response.set("Content-Encoding", std::string(encoding));
    return response;
}

/// The smallest of what the reader takes.
Response negotiated(const ConsoleFile& file, std::string_view accepted) {
    if (!file.brotli.empty() && accepts_coding(accepted, "br")) return file_of(file, "br", file.brotli);
    if (!file.gzip.empty() && accepts_coding(accepted, "gzip")) return file_of(file, "gzip", file.gzip);
    return file_of(file, "", file.plain);
}

Response nothing_here(const Request& request) {
    return Response::problem(Error{ErrorCode::not_found, "there is no " + request.path}, request.path);
}

}  // namespace

void Console::add_to(Router& router) const {
    if (!is_built()) return;
    const auto page = [this](Request request) { return this->page(std::move(request)); };
    router.add(Method::get, "/", page, kOperatorPage);
    for (const char* pattern : kPages) router.add(Method::get, pattern, page, kOperatorPage);
    router.add(
        Method::get, "/assets/{file}", [this](Request request) { return asset(std::move(request)); }, kAsset);
}

const ConsoleFile* Console::find(std::string_view name) const {
    const auto found = std::ranges::find(files_, name, &ConsoleFile::name);
    return found == files_.end() ? nullptr : &*found;
}

/// Asked for again at every visit, and sent again only when the program is another one.
flow::Task<Response> Console::page(Request request) const {
    const bool is_program = !request.header("Accept").empty() && !prefers_html(request);
    if (is_program && request.path != "/") co_return nothing_here(request);
    const ConsoleFile& index = *find("index.html");
    const std::string etag = '"' + std::string(index.digest.substr(0, 32)) + '"';
    Response response = names_etag(request, etag) ? Response::empty(304) : file_of(index, "", index.plain);
    response.set("ETag", etag);
    response.set("Cache-Control", "no-cache");
    response.set("Vary", "Accept");
    co_return response;
}

flow::Task<Response> Console::asset(Request request) const {
    const ConsoleFile* file = find("assets/" + std::string(request.parameter("file")));
    if (file == nullptr) co_return nothing_here(request);
    Response response = negotiated(*file, request.header("Accept-Encoding"));
    response.set("Cache-Control", kForEver);
    response.set("Vary", "Accept-Encoding");
    co_return response;
}

}  // namespace candour::http
