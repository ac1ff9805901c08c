#include "threading.hpp"

#include <algorithm>

#include "bounce/report.hpp"
#include "characters.hpp"
#include "reading/addresses.hpp"

namespace candour::mail {
namespace {

/// A token is 42 letters of base32; shorter tags ("+news") are people's own.
constexpr std::size_t kShortest = 26;
constexpr std::size_t kLongestToken = 64;
constexpr std::size_t kMostTokens = 50;

bool may_be_token(std::string_view text) {
    const auto fits = [](char c) { return is_digit(c) || is_letter(c); };
    return text.size() >= kShortest && text.size() <= kLongestToken && std::ranges::all_of(text, fits);
}

/// reply+<token>@…, and <token>@… where the whole domain is ours.
void add_tokens(std::string_view text, std::vector<std::string>& tokens) {
    for (const std::string& address : addresses_in(text)) {
        std::string_view local = local_part(address);
        while (!local.empty() && tokens.size() < kMostTokens) {
            const std::size_t cut_at = std::min(local.find_first_of("+=-_."), local.size());
            const std::string token = lower(local.substr(0, cut_at));
            if (may_be_token(token) && std::ranges::find(tokens, token) == tokens.end())
                tokens.push_back(token);
            local.remove_prefix(std::min(cut_at + 1, local.size()));
        }
    }
}

}  // namespace

Thread thread_of(const Letter& letter, const Envelope& envelope, const Returned& returned) {
    Thread thread;
    for (const std::string& recipient : envelope.recipients) add_tokens(recipient, thread.tokens);
    for (const char* name : {"delivered-to", "x-original-to", "envelope-to", "to", "cc"})
        for (const std::string& value : letter.fields.all(name)) add_tokens(value, thread.tokens);
    if (returned.kind != Returned::Kind::none)
        for (const char* name : {"return-path", "reply-to", "sender", "from"})
            add_tokens(returned_field(letter, name), thread.tokens);
    if (may_be_token(returned.original_envelope_id))
        add_tokens(returned.original_envelope_id + "@x.x", thread.tokens);
    thread.in_reply_to = message_ids(letter.fields.plain("in-reply-to"));
    thread.references = message_ids(letter.fields.plain("references"));
    return thread;
}

}  // namespace candour::mail
