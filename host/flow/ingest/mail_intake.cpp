#include "flow/ingest/mail_intake.hpp"

#include <boost/asio/redirect_error.hpp>

#include <algorithm>

#include "core/letters.hpp"
#include "flow/ingest/retry.hpp"
#include "log/log.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

constexpr int kMailAttempts = 5;
constexpr int kMailsAtOnce = 8;
/// Longer than the plugin may take for all of them.
constexpr auto kMailLease = 1min;
constexpr auto kMailLook = 2s;

/// Ours stand in front of the @: <msg_…@domain>. A relay may have put another domain behind it.
std::optional<MessageId> message_named(std::string_view message_id) {
    const std::size_t from = message_id.find_first_not_of("< \t");
    if (from == std::string_view::npos) return std::nullopt;
    const std::string_view local = message_id.substr(from);
    return MessageId::parse(core::ascii_lower(local.substr(0, local.find_first_of("@> \t"))));
}

/// A token alone, or the address in which it stands: reply+TOKEN@feedback.example.com.
std::string_view token_in(std::string_view candidate) {
    candidate = candidate.substr(0, candidate.find('@'));
    return candidate.substr(candidate.rfind('+') == std::string_view::npos ? 0 : candidate.rfind('+') + 1);
}

class Trails {
 public:
    void add(std::optional<MessageId> message, bool by_token) {
        const auto known = [&](const core::MailTrail& one) { return one.message == *message; };
        if (message && std::none_of(all.begin(), all.end(), known))
            all.push_back({*std::move(message), by_token});
    }
    std::vector<core::MailTrail> all;
};

}  // namespace

std::vector<core::MailTrail> trails_of(const core::Disposition& mail, const crypto::LinkTokens& tokens) {
    Trails trails;
    for (const std::string& candidate : mail.tokens)
        trails.add(tokens.read(crypto::LinkPurpose::reply, token_in(candidate)), true);
    for (const std::string* id : {&mail.original_envelope_id, &mail.original_message_id, &mail.in_reply_to})
        trails.add(message_named(*id), false);
    for (auto id = mail.references.rbegin(); id != mail.references.rend(); ++id)
        trails.add(message_named(*id), false);
    return std::move(trails.all);
}

Task<Done> MailIntake::receive(ArrivedMail mail) {
    auto keeping = mails_.receive(std::move(mail), clock_.now());
    Done kept = co_await std::move(keeping);
    if (kept) wake();
    co_return kept;
}

Task<void> MailIntake::run() {
    for (;;) {
        auto working = work_once();
        Result<int> worked_on = co_await std::move(working);
        if (!worked_on)
            log::warn("mail: what came in cannot be looked through: {}", worked_on.error().message);
        if (worked_on && *worked_on == kMailsAtOnce) continue;
        next_look_.expires_after(kMailLook);
        boost::system::error_code woken;
        auto token = asio::redirect_error(use_task, woken);
        co_await next_look_.async_wait(token);
    }
}

Task<Result<int>> MailIntake::work_once() {
    if (!reader_.reads_mail()) co_return 0;
    const core::Instant now = clock_.now();
    auto taking = mails_.take(now, now + kMailLease, kMailsAtOnce);
    Result<std::vector<PendingMail>> mails = co_await std::move(taking);
    if (!mails) co_return mails.error();
    for (PendingMail& mail : *mails) {
        auto working = work(std::move(mail));
        co_await std::move(working);
    }
    co_return static_cast<int>(mails->size());
}

Task<void> MailIntake::work(PendingMail mail) {
    if (mail.attempts > kMailAttempts) {
        auto ending =
            give_up(mail.id, "no outcome after " + std::to_string(kMailAttempts) + " tries: " + mail.detail);
        co_await std::move(ending);
        co_return;
    }
    auto pending = read(mail);
    Result<Reading> reading = co_await std::move(pending);
    if (!reading && !worth_another_try(reading.error().code)) {
        auto ending = give_up(mail.id, reading.error().message);
        co_await std::move(ending);
        co_return;
    }
    if (!reading) {
        auto waiting = postpone(std::move(mail), reading.error().message);
        co_await std::move(waiting);
        co_return;
    }
    MailToApply reads{mail.id, mail.sender, *reading, trails_of(reading->disposition, tokens_)};
    auto applying = mails_.apply(std::move(reads), clock_.now());
    Result<AppliedMail> applied = co_await std::move(applying);
    if (applied) {
        log::info("mail: {} is {}{}{}{}{}", mail.id, core::name_of(kMailStates, applied->state),
                  applied->outcome.empty() ? "" : ": ", applied->outcome,
                  applied->item.empty() ? "" : ", item ", applied->item.text());
        co_return;
    }
    auto keeping = mails_.keep_reading(mail.id, *std::move(reading));
    Done kept = co_await std::move(keeping);
    if (!kept) log::warn("mail: {}: what was read is not kept: {}", mail.id, kept.error().message);
    auto waiting = postpone(std::move(mail), applied.error().message);
    co_await std::move(waiting);
}

Task<Result<Reading>> MailIntake::read(PendingMail mail) {
    if (mail.reading) co_return *std::move(mail.reading);
    std::vector<std::string> recipients{mail.recipient};
    auto pending = reader_.read_mail(std::move(mail.bytes), std::move(mail.sender), std::move(recipients),
                                     mail.attempts);
    Result<Reading> reading = co_await std::move(pending);
    co_return reading;
}

Task<void> MailIntake::postpone(PendingMail mail, std::string why) {
    log::warn("mail: {} waits for another try: {}", mail.id, why);
    const core::Instant again = clock_.now() + core::back_off(mail.attempts, 0s).value_or(kMailLease);
    auto pending = mails_.postpone(mail.id, again, std::move(why));
    Done postponed = co_await std::move(pending);
    if (!postponed)
        log::warn("mail: {} comes again when its lease ends: {}", mail.id, postponed.error().message);
}

Task<void> MailIntake::give_up(std::int64_t id, std::string why) {
    log::error("mail: {} is dead-lettered: {}", id, why);
    auto pending = mails_.dead_letter(id, std::move(why), clock_.now());
    Done ended = co_await std::move(pending);
    if (!ended) log::warn("mail: {} is not dead-lettered yet: {}", id, ended.error().message);
}

}  // namespace candour::flow
