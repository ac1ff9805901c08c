#include "edge/store/themes.hpp"

#include "candour_queries.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/chain.hpp"
#include "edge/store/item_rows.hpp"

namespace candour::store {
namespace {

constexpr int kOne = 1;

std::string called(const flow::ThemeRef& ref) {
    return ref.id.empty() ? "TH-" + std::to_string(ref.number) : ref.id.text();
}

std::vector<flow::ThemeView> select_themes(Session& session, const flow::ThemeRef& ref, std::int64_t before,
                                           int limit, const std::string& sees) {
    std::string id;
    flow::ThemeView view;
    long long number = 0, version = 0, opened = 0, last = 0, items = 0, told = 0, seen = 0, confirmed = 0,
              closed = 0;
    Call call = session.call(sql::theme::themes);
    call.with("id", ref.id.text()).with("number", ref.number).with("before", before).with("limit", limit);
    call.with("sees", sees)
        .into(id)
        .into(number)
        .into(view.theme.title)
        .into(version)
        .into(opened)
        .into(last);
    call.into(items).into(told).into(seen).into(confirmed).into(closed);
    std::vector<flow::ThemeView> all;
    while (call.next()) {
        view.theme.id = core::ThemeId::trusted(id);
        view.theme.version = static_cast<int>(version);
        view.theme.opened_at = core::from_us(opened);
        view.theme.last_event_at = core::from_us(last);
        view.number = number;
        view.items = items;
        view.told = told;
        view.seen = seen;
        view.confirmed = confirmed;
        view.closed = closed;
        all.push_back(view);
    }
    return all;
}

Result<flow::ThemeView> one_theme(Session& session, const flow::ThemeRef& ref, const std::string& sees = {}) {
    std::vector<flow::ThemeView> found = select_themes(session, ref, 0, kOne, sees);
    if (found.empty()) return Error{ErrorCode::not_found, "there is no theme " + called(ref)};
    return std::move(found.front());
}

Result<flow::ThemeView> say_it(Session& session, const flow::ThemeRef& ref, const core::ThemeEntry& entry,
                               int seen_version) {
    const bool fresh = entry.event == core::ThemeEvent::opened;
    core::Theme theme = fresh ? core::Theme{} : load_theme(session, ref.id, ref.number);
    if (fresh) theme.id = crypto::new_id<core::ThemeId>(entry.at);
    if (theme.id.empty()) return Error{ErrorCode::not_found, "there is no theme " + called(ref)};
    if (seen_version != flow::kNotSeen && seen_version != theme.version)
        return Error{ErrorCode::conflict,
                     "theme " + theme.id.text() + ": expected version " + std::to_string(seen_version) +
                         ", found " + std::to_string(theme.version) + "; look at it again and decide anew"};
    const Result<core::Theme> after = core::fold(theme, entry);
    if (!after) return after.error();
    const std::string event(core::name_of(core::kThemeEvents, entry.event));
    append_to_chain(session, {after->id.text(), after->version, event, entry.actor, entry.at, entry.content});
    Call call = session.call(fresh ? sql::theme::add_theme : sql::theme::update_theme);
    write_theme(call, *after);
    call.run();
    return one_theme(session, {after->id, 0});
}

std::vector<flow::ThemeMember> select_members(Session& session, const core::ThemeId& theme,
                                              std::int64_t after, int limit, const std::string& sees) {
    ItemColumns columns;
    flow::ThemeMember member;
    Call call = session.call(sql::theme::members);
    call.with("theme", theme.text()).with("after", after).with("limit", limit).with("sees", sees);
    columns.read_from(call);
    call.into(member.account_name).into(member.contact_name);
    std::vector<flow::ThemeMember> all;
    while (call.next()) {
        member.item = columns.item();
        member.number = columns.number();
        all.push_back(member);
    }
    return all;
}

}  // namespace

void write_theme(Call& call, const core::Theme& theme) {
    call.with("id", theme.id.text())
        .with("title", theme.title)
        .with("version", theme.version)
        .with("opened_at", theme.opened_at)
        .with("last_event_at", theme.last_event_at);
}

core::Theme load_theme(Session& session, const core::ThemeId& id, std::int64_t number) {
    std::string found;
    core::Theme theme;
    long long ignored = 0, version = 0, opened = 0, last = 0;
    Call call = session.call(sql::theme::find_theme);
    call.with("id", id.text())
        .with("number", number)
        .into(found)
        .into(ignored)
        .into(theme.title)
        .into(version)
        .into(opened)
        .into(last);
    if (!call.next()) return {};
    theme.id = core::ThemeId::trusted(found);
    theme.version = static_cast<int>(version);
    theme.opened_at = core::from_us(opened);
    theme.last_event_at = core::from_us(last);
    return theme;
}

flow::Task<Result<flow::ThemeView>> Themes::say(flow::ThemeRef theme, core::ThemeEntry entry,
                                                int seen_version) {
    return database_.write<flow::ThemeView>(
        [=](Session& session) { return say_it(session, theme, entry, seen_version); });
}

flow::Task<Result<std::vector<flow::ThemeView>>> Themes::themes(std::int64_t before, int limit,
                                                                std::string sees) {
    using All = std::vector<flow::ThemeView>;
    return database_.read<All>(
        [=](Session& session) { return Result<All>(select_themes(session, {}, before, limit, sees)); });
}

flow::Task<Result<flow::ThemeView>> Themes::theme(flow::ThemeRef ref, std::string sees) {
    return database_.read<flow::ThemeView>([=](Session& session) { return one_theme(session, ref, sees); });
}

flow::Task<Result<std::vector<flow::ThemeMember>>> Themes::members(core::ThemeId theme, std::int64_t after,
                                                                   int limit, std::string sees) {
    using All = std::vector<flow::ThemeMember>;
    return database_.read<All>(
        [=](Session& session) { return Result<All>(select_members(session, theme, after, limit, sees)); });
}

}  // namespace candour::store
