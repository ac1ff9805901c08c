#include "variables.hpp"

namespace candour::surveys {

namespace {

Piece variable_piece(std::string_view inside) {
    const std::size_t bar = inside.find('|');
    Piece piece;
    piece.variable = inside.substr(0, bar);
    piece.has_fallback = bar != std::string_view::npos;
    if (piece.has_fallback) piece.words = inside.substr(bar + 1);
    return piece;
}

}  // namespace

Result<std::vector<Piece>> pieces_of(std::string_view words) {
    std::vector<Piece> pieces;
    std::string plain;
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool twice = words.substr(at, 2) == "{{" || words.substr(at, 2) == "}}";
        if (twice || words[at] != '{') {
            plain += words[at];
            at += twice ? 1 : 0;
            continue;
        }
        const std::size_t end = words.find('}', at);
        const std::string_view inside =
            end == std::string_view::npos ? words : words.substr(at + 1, end - at - 1);
        if (end == std::string_view::npos || inside.empty() || inside.find('{') != std::string_view::npos)
            return Error{
                ErrorCode::invalid,
                "expected a variable such as {organisation}, or {{ for a brace, found a brace alone"};
        if (!plain.empty()) pieces.push_back({std::move(plain), {}, false});
        plain.clear();
        pieces.push_back(variable_piece(inside));
        at = end;
    }
    if (!plain.empty()) pieces.push_back({std::move(plain), {}, false});
    return pieces;
}

std::string filled(std::string_view words, const std::function<std::string(std::string_view)>& value) {
    if (words.find_first_of("{}") == std::string_view::npos) return std::string(words);
    const Result<std::vector<Piece>> pieces = pieces_of(words);
    if (!pieces) return std::string(words);
    std::string text;
    for (const Piece& piece : *pieces) {
        const std::string its = piece.variable.empty() ? std::string() : value(piece.variable);
        text += its.empty() ? piece.words : its;
    }
    return text;
}

std::string with_plain_braces(std::string_view text) {
    std::string plain;
    for (const char c : text) plain.append(c == '{' || c == '}' ? 2 : 1, c);
    return plain;
}

}  // namespace candour::surveys
