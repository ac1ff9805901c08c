/// Passwords as the database keeps them: Argon2id of libsodium, with its salt and its parameters in the text.
#pragma once
#include <string>
#include <string_view>

namespace candour::crypto {

/// Takes about a tenth of a second and 64 MiB, on purpose: never on the thread that serves. Throws when there
/// is not so much memory.
std::string hash_password(std::string_view password);
/// As slow as making it. False for a text that is no hash.
bool is_password(std::string_view hash, std::string_view password);

}  // namespace candour::crypto
