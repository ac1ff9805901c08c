#include "flow/identity/secret.hpp"

#include "candour/ids.hpp"
#include "crypto/digest.hpp"

namespace candour::flow {
namespace {

constexpr std::size_t kSecretBytes = 20;

std::string base32(std::string_view bytes) {
    std::string text;
    unsigned bits = 0, held = 0;
    for (const char byte : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
        for (held += 8; held >= 5;) {
            held -= 5;
            text += kIdAlphabet[(bits >> held) & 31U];
        }
    }
    return text;
}

}  // namespace

Secret new_secret() {
    const std::string text = "cdr_" + base32(crypto::random_bytes(kSecretBytes));
    return {text, crypto::to_hex(crypto::sha256(text))};
}

}  // namespace candour::flow
