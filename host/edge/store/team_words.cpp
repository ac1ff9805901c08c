#include "edge/store/team_words.hpp"

#include <algorithm>
#include <optional>

#include "candour_queries.hpp"
#include "core/feedback/text.hpp"
#include "core/team/words.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/calendar_document.hpp"
#include "edge/json/content.hpp"
#include "edge/store/advance.hpp"
#include "edge/store/sights.hpp"
#include "edge/store/team_mail.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using namespace std::chrono_literals;

/// A person who keeps writing without a word that counts looks at the page after so many.
constexpr int kRefusalsPerDay = 5;

/// An item that the mail was about, as it was then.
struct Shown {
    std::string item;
    long long number = 0, version = 0;
};

std::vector<Shown> shown_in(Session& session, const MessageId& letter) {
    Shown one;
    Call call = session.call(sql::team::items_of_letter);
    call.with("message_id", letter.text()).into(one.item).into(one.number).into(one.version);
    std::vector<Shown> all;
    while (call.next()) all.push_back(one);
    return all;
}

/// Why nothing was done, and what somebody has to know to do it.
struct Refusal {
    std::string reason;  ///< a word that voice has a sentence for
    std::string detail{};
    std::int64_t number = 0;
};

std::string first_line(const std::string& text) {
    const std::size_t from = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    return core::shortened(text.substr(from, text.find_first_of("\r\n", from) - from), 200);
}

/// Without the subject and without what was quoted: only what stands on the first line counts.
const std::string& written(const core::Disposition& mail) {
    for (const std::string* text : {&mail.reply_trimmed, &mail.reply})
        if (text->find_first_not_of(" \t\r\n") != std::string::npos) return *text;
    return mail.text;
}

MailEnding refuse(Session& session, const KnownMail& known, const Refusal& refusal, MailEnding ending) {
    ending.outcome = "refused";
    ending.detail = refusal.reason + (refusal.detail.empty() ? "" : ": " + refusal.detail);
    long long answered = 0;
    {
        Call call = session.call(sql::team::answered_since);
        call.with("teammate_id", known.thread->teammate).with("since", known.now - 24h).into(answered);
        call.next();
    }
    if (answered >= kRefusalsPerDay) return ending;
    core::Content document{{"reason", refusal.reason}, {"detail", refusal.detail}};
    if (refusal.number != 0) document["item"] = std::to_string(refusal.number);
    // Words of a stranger are not sent on: they could be anything.
    document[refusal.reason == "other_address" ? "from" : "said"] =
        refusal.reason == "other_address" ? known.mail.from : first_line(written(known.mail));
    add_letter(session,
               {crypto::new_id<MessageId>(known.now), known.thread->teammate, "refused",
                known.thread->item.text(), json::write_content(document)},
               known.now);
    return ending;
}

bool happened_since(Session& session, const Shown& shown) {
    long long events = 0;
    Call call = session.call(sql::team::happened_since);
    call.with("item_id", shown.item).with("n", shown.version).into(events);
    call.next();
    return events > 0;
}

/// The item that the words are about. Nothing is guessed where several could be meant.
std::optional<Shown> aimed_at(const core::TeamWords& words, const std::vector<Shown>& shown) {
    if (words.item == 0) return shown.size() == 1 ? std::optional(shown.front()) : std::nullopt;
    const auto found =
        std::find_if(shown.begin(), shown.end(), [&](const Shown& one) { return one.number == words.item; });
    return found == shown.end() ? std::nullopt : std::optional(*found);
}

Result<core::Instant> end_of(const core::TeamWords& words, const std::string& zone) {
    const auto found = words.details.find("by");
    if (found == words.details.end()) return core::kNever;
    const Result<std::chrono::year_month_day> date = json::date_of("by", found->second);
    if (!date) return date.error();
    return zone::instant_of(*date, 23h + 59min + 59s, zone);
}

/// Who said it is the actor of the event; by which mail stands in it.
Result<core::Step> signed_step(Result<core::Step> step, const KnownMail& known,
                               const core::MailVerdict& verdict) {
    if (!step) return step;
    for (core::LedgerEvent& event : step->events) {
        event.content["mail"] = std::to_string(known.row.id);
        if (!verdict.remark.empty()) event.content["remark"] = verdict.remark;
    }
    return step;
}

bool may_mend_itself(ErrorCode code) {
    return code != ErrorCode::invalid && code != ErrorCode::conflict && code != ErrorCode::not_found;
}

}  // namespace

Result<MailEnding> take_team_words(Session& session, const KnownMail& known, const core::MailVerdict& verdict,
                                   const std::string& zone, MailEnding ending) {
    const auto no = [&](const Refusal& why) { return refuse(session, known, why, ending); };
    if (verdict.effect == core::MailEffect::refuse) return no({verdict.why});
    const std::optional<core::TeamWords> words = core::read_team_words(written(known.mail));
    if (!words) return no({"no_word"});
    const std::optional<Shown> shown = aimed_at(*words, shown_in(session, known.thread->message));
    if (!shown) return no({"which_item"});
    if (!sees_item(session, known.thread->teammate, ItemId::trusted(shown->item)))
        return no({"not_possible", "there is no item LP-" + std::to_string(shown->number), shown->number});
    if (words->verb != core::TeamVerb::note && happened_since(session, *shown))
        return no({"moved_on", {}, shown->number});
    const Result<core::Instant> by = end_of(*words, zone);
    if (!by) return no({"not_possible", by.error().message, shown->number});
    const flow::Decide decide = [&](const core::Item& item) {
        return signed_step(core::step_of(*words, item, {known.thread->teammate, known.now}, *by), known,
                           verdict);
    };
    const Result<core::Item> item = advance_item(session, {ItemId::trusted(shown->item), 0}, decide);
    if (!item && may_mend_itself(item.error().code)) return item.error();
    if (!item) return no({"not_possible", item.error().message, shown->number});
    ending.item = item->id;
    ending.outcome = words->verb == core::TeamVerb::note ? "noted" : "stated";
    ending.by = known.thread->teammate;
    return ending;
}

}  // namespace candour::store
