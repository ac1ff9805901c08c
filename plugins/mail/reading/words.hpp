/// Header values as people read them: folding undone, encoded words (RFC 2047) and extended parameters (RFC
/// 2231) decoded by us, because GMime 3.2.13 drops the text behind a padded base64 word.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

/// Line ends go, the blank behind them stays.
std::string unfolded(std::string_view raw);
/// The value as UTF-8. Neighbouring words of one charset are joined as bytes, since a character may be cut in
/// two.
std::string decode_words(std::string_view raw);

/// The parameter `name` of a structured value such as Content-Type, as UTF-8; empty when there is none.
std::string parameter(std::string_view raw, std::string_view name);

}  // namespace candour::mail
