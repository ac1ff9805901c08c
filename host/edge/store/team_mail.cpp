#include "edge/store/team_mail.hpp"

#include <charconv>

#include "candour_queries.hpp"
#include "core/delivery/message.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/contact_alerts.hpp"
#include "edge/store/due_dates.hpp"
#include "edge/store/team_notices.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using core::NoticeChoice;
using core::NoticeKind;

/// It goes over everybody who matters, and nobody falls silent by the hour.
constexpr std::chrono::hours kSilenceEvery{6};

/// What waits for one teammate, by kind, and since when.
struct Waiting {
    std::string teammate;
    NoticeKind kind;
    core::Instant since;
    bool active = true;  ///< they are still one of us
    bool reads_digest = true;
};

std::vector<Waiting> select_waiting(Session& session) {
    std::string teammate, kind;
    long long since = 0, active = 0, hour = 0;
    Call call = session.call(sql::team::waiting);
    call.into(teammate).into(kind).into(since).into(active).into(hour);
    std::vector<Waiting> all;
    while (call.next())
        if (const auto known = core::value_of(core::kNoticeKinds, kind))
            all.push_back({teammate, *known, core::from_us(since), active != 0, hour != flow::kNoDigest});
    return all;
}

/// Somebody on our side as the look at digests needs them.
struct Reader {
    std::string id, email, name, zone;
    long long hour = flow::kNoDigest, day = 0;
};

std::vector<Reader> select_readers(Session& session) {
    Reader one;
    Call call = session.call(sql::team::teammates);
    call.into(one.id).into(one.email).into(one.name).into(one.hour).into(one.zone).into(one.day);
    std::vector<Reader> all;
    while (call.next()) all.push_back(one);
    return all;
}

void put_aside(Session& session, const Waiting& waiting, const char* state) {
    session.call(sql::team::put_aside)
        .with("state", std::string(state))
        .with("teammate_id", waiting.teammate)
        .with("kind", std::string(core::name_of(core::kNoticeKinds, waiting.kind)))
        .run();
}

NoticeChoice choice_of(Session& session, const Waiting& waiting) {
    const NoticeChoice choice = kinds_of(session, waiting.teammate).at(waiting.kind);
    const bool nowhere = choice == NoticeChoice::digest && !waiting.reads_digest;
    return !waiting.active || nowhere ? NoticeChoice::off : choice;
}

std::int64_t take_up(Session& session, const std::string& teammate, const char* state,
                     const MessageId& into) {
    return session.call(sql::team::gather)
        .with("message_id", into.text())
        .with("teammate_id", teammate)
        .with("state", std::string(state))
        .run();
}

std::string only_item(Session& session, const MessageId& letter) {
    std::string item;
    long long items = 0;
    Call call = session.call(sql::team::only_item);
    call.with("message_id", letter.text()).into(items).into(item);
    call.next();
    return items == 1 ? item : std::string();
}

/// Where the teammate's day begins, and whether they work on it.
struct Today {
    std::int64_t day = 0;
    std::chrono::hours hour{0};
    bool works = true;
};

Today today_of(Session& session, const Reader& reader, const std::string& house_zone, core::Instant now) {
    const std::optional<core::Calendar> calendar = calendar_for(session, "", reader.id);
    const std::string zone = !reader.zone.empty() ? reader.zone : calendar ? calendar->zone : house_zone;
    Today today;
    today.day = zone::civil_day(now, zone);
    today.hour = std::chrono::floor<std::chrono::hours>(
        zone::time_of_day(now, zone).value_or(std::chrono::seconds{0}));
    if (!calendar) return today;
    const core::WallTime midnight(std::chrono::local_days(std::chrono::days(today.day)));
    today.works = std::chrono::floor<std::chrono::days>(core::next_open(*calendar, midnight)) == midnight;
    return today;
}

bool take_day(Session& session, const Reader& reader, std::int64_t day) {
    return session.call(sql::team::take_digest_day).with("day", day).with("id", reader.id).run() == 1;
}

long long open_items(Session& session, const std::string& owner) {
    long long items = 0;
    Call call = session.call(sql::team::open_items);
    call.with("owner", owner).into(items);
    call.next();
    return items;
}

/// Whoever has just come gets the first one tomorrow: today they have nothing behind them.
bool digest(Session& session, const Reader& reader, const std::string& house_zone, core::Instant now) {
    if (reader.hour == flow::kNoDigest) return false;
    const Today today = today_of(session, reader, house_zone, now);
    const bool newcomer = reader.day == 0;
    if (!newcomer && (reader.day >= today.day || today.hour.count() < reader.hour)) return false;
    if (!take_day(session, reader, today.day) || newcomer || !today.works) return false;
    const MessageId message = crypto::new_id<MessageId>(now);
    const std::int64_t news = take_up(session, reader.id, "for_digest", message);
    if (news == 0 && open_items(session, reader.id) == 0) return false;
    add_letter(session, {message, reader.id, "digest", "", ""}, now);
    return true;
}

std::int64_t number_after(const std::string& text, std::string_view prefix) {
    std::int64_t number = 0;
    if (text.starts_with(prefix))
        std::from_chars(text.data() + prefix.size(), text.data() + text.size(), number);
    return number;
}

std::vector<flow::TeamLetter::Line> lines_of(Session& session, const MessageId& id) {
    std::string item, occasion, kind;
    flow::TeamLetter::Line line;
    Call call = session.call(sql::team::notices_of_letter);
    call.with("message_id", id.text()).into(item).into(occasion).into(kind).into(line.about);
    call.into(line.contact_id).into(line.contact).into(line.account).into(line.detail);
    std::vector<flow::TeamLetter::Line> lines;
    while (call.next()) {
        line.item = ItemId::trusted(item);
        line.n = static_cast<int>(number_after(occasion, "n "));
        line.due = core::from_us(number_after(occasion, "due "));
        line.kind = core::value_of(core::kNoticeKinds, kind).value_or(NoticeKind::assignment);
        lines.push_back(line);
    }
    return lines;
}

}  // namespace

void add_letter(Session& session, const NewLetter& letter, core::Instant now) {
    session.call(sql::team::add_letter)
        .with("id", letter.id.text())
        .with("about", letter.about)
        .with("teammate_id", letter.teammate)
        .with("item_id", letter.item)
        .with("document", letter.document)
        .with("now", now)
        .with("expires_at", now + core::kTeamReplyLifetime)
        .run();
}

flow::Task<Result<int>> TeamMail::warn(core::Instant now) {
    using Warnings = std::vector<Warning>;
    auto looking = database_.read<Warnings>(
        [now](Session& session) { return Result<Warnings>(warnings_at(session, now)); });
    const Result<Warnings> found = co_await std::move(looking);
    if (!found) co_return found.error();
    const bool look = now - silence_seen_at_ >= kSilenceEvery;
    if (found->empty() && !look) co_return 0;
    if (look) silence_seen_at_ = now;
    auto warning = database_.write<int>([now, look, warnings = *found](Session& session) {
        add_warnings(session, warnings, now);
        return Result<int>(static_cast<int>(warnings.size()) + (look ? alert_of_silence(session, now) : 0));
    });
    const Result<int> warned = co_await std::move(warning);
    co_return warned;
}

flow::Task<Result<int>> TeamMail::gather(core::Instant now, std::chrono::minutes group) {
    return database_.write<int>([=](Session& session) {
        std::map<std::string, core::Instant> oldest;
        for (const Waiting& one : select_waiting(session)) {
            const NoticeChoice choice = choice_of(session, one);
            if (choice != NoticeChoice::now) {
                put_aside(session, one, choice == NoticeChoice::off ? "dropped" : "for_digest");
                continue;
            }
            const auto known = oldest.emplace(one.teammate, one.since).first;
            known->second = std::min(known->second, one.since);
        }
        int mails = 0;
        for (const auto& [teammate, since] : oldest) {
            if (since + group > now) continue;
            const MessageId message = crypto::new_id<MessageId>(now);
            if (take_up(session, teammate, "waiting", message) == 0) continue;
            add_letter(session, {message, teammate, "notices", only_item(session, message), ""}, now);
            ++mails;
        }
        return Result<int>(mails);
    });
}

flow::Task<Result<int>> TeamMail::digests(core::Instant now) {
    return database_.write<int>([now, zone = policies_->zone](Session& session) {
        int mails = 0;
        for (const Reader& reader : select_readers(session))
            mails += digest(session, reader, zone, now) ? 1 : 0;
        return Result<int>(mails);
    });
}

flow::Task<Done> TeamMail::forget(core::Instant before) {
    return database_.write<Nothing>([before](Session& session) {
        session.call(sql::team::forget_notices).with("before", before).run();
        return done();
    });
}

flow::Task<Result<flow::TeamLetter>> TeamMail::letter(MessageId id) {
    return database_.read<flow::TeamLetter>([id](Session& session) -> Result<flow::TeamLetter> {
        flow::TeamLetter letter;
        std::string teammate;
        long long created = 0;
        {
            Call call = session.call(sql::team::letter);
            call.with("id", id.text()).into(letter.about).into(letter.document).into(teammate);
            call.into(letter.teammate.name).into(letter.teammate.email).into(created);
            if (!call.next())
                return Error{ErrorCode::not_found, "there is no mail to one of us " + id.text()};
        }
        letter.teammate.id = TeammateId::trusted(teammate);
        letter.created_at = core::from_us(created);
        letter.lines = lines_of(session, id);
        letter.open_items = open_items(session, teammate);
        return letter;
    });
}

}  // namespace candour::store
