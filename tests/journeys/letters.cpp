#include "journeys/letters.hpp"

#include <stdexcept>

#include "edge/mail/reading.hpp"
#include "journeys/page.hpp"

namespace candour::journeys {
namespace {

std::string header(const std::string& raw, const std::string& name) {
    const std::size_t at = raw.find("\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 3;
    return raw.substr(from, raw.find_first_of("\r\n", from) - from);
}

std::vector<std::string> urls_in(const std::string& text) {
    std::vector<std::string> all;
    for (std::size_t at = text.find("http"); at != text.npos; at = text.find("http", at)) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n<>\"'", at), text.size());
        all.push_back(text.substr(at, end - at));
        at = end;
    }
    return all;
}

}  // namespace

std::string Letter::link(const std::string& path) const {
    for (const std::string& url : urls_in(text))
        if (url.find(path) != std::string::npos) return url;
    return {};
}

std::vector<std::string> Letter::addresses() const {
    std::vector<std::string> all = urls_in(text);
    const std::vector<std::string> linked = Page{200, {}, html}.addresses();
    all.insert(all.end(), linked.begin(), linked.end());
    return all;
}

Letter read_letter(const std::string& raw) {
    const Result<mail::OpenedLetter> opened = mail::open_letter(raw);
    if (!opened) throw std::runtime_error(opened.error().message);
    return {header(raw, "X-Rcpt-Args"), opened->from, opened->to,   opened->subject,
            header(raw, "Message-Id"),  opened->text, opened->html, raw};
}

}  // namespace candour::journeys
