#include "flow/ingest/by_hand.hpp"

#include "core/feedback/text.hpp"

namespace candour::flow {
namespace {

constexpr const char* kByHand = "by_hand";
constexpr std::size_t kMostChannel = 80;
/// Clocks of two machines differ by seconds; nobody writes down what is still to be said.
constexpr std::chrono::minutes kClockSlack{2};

Done check_spoken(const SpokenWords& said, core::Instant now) {
    if (said.contact.empty())
        return Error{ErrorCode::invalid, "contact: expected who said it, an address or con_…, found nothing"};
    if (Done words = core::check_words("words", said.words); !words) return words;
    if (Done channel = core::check_words("channel", said.channel, kMostChannel); !channel) return channel;
    if (Done about = core::check_text("about", said.about, kMostChannel); !about) return about;
    if (said.at > now + kClockSlack)
        return Error{ErrorCode::invalid,
                     "when: expected an instant up to now, found one that is still to come"};
    return done();
}

core::Observation spoken_observation(const SpokenWords& said, const core::Contact& contact,
                                     const std::string& by) {
    core::Observation fact;
    fact.source = kByHand;
    fact.kind = "conversation.said";
    fact.key = by + "/" + said.key;
    fact.item_key = fact.key;
    fact.about = said.about;
    fact.contact = contact.id;
    fact.account = contact.account;
    fact.verbatim = said.words;
    fact.may_quote = said.may_quote;
    fact.language = contact.language;
    fact.answers = "{}";
    fact.answer_class = core::AnswerClass::human;
    fact.acknowledge = said.acknowledge;
    fact.occurred_at = said.at;
    fact.noted_by = by;
    fact.channel = said.channel;
    return fact;
}

}  // namespace

Task<Result<Accepted>> ByHand::write_down(SpokenWords said, std::string by) {
    if (Done right = check_spoken(said, clock_.now()); !right) co_return right.error();
    auto finding = relationships_.contact(said.contact);
    const Result<core::Contact> contact = co_await std::move(finding);
    if (!contact) co_return contact.error();
    std::vector<core::Observation> batch{spoken_observation(said, *contact, by)};
    auto accepting = observations_.accept(std::move(batch));
    Result<std::vector<Accepted>> accepted = co_await std::move(accepting);
    if (!accepted) co_return accepted.error();
    co_return accepted->front();
}

}  // namespace candour::flow
