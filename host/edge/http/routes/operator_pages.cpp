#include "edge/http/routes/operator_pages.hpp"

#include <kainjow/mustache.hpp>

#include "edge/http/routes/figure_cards.hpp"
#include "edge/json/time_text.hpp"
#include "operator_pages_html.hpp"

namespace candour::http {
namespace {

namespace mustache = kainjow::mustache;
using mustache::data;
using mustache::list;

/// A page, not an archive: per state.
constexpr int kShown = 60;

struct Labelled {
    core::State state;
    const char* label;
};
constexpr Labelled kColumns[] = {
    {core::State::raised, "Raised: waiting to be heard"},
    {core::State::heard, "Heard: waiting for a decision"},
    {core::State::decided, "Decided: waiting for the change"},
    {core::State::changed, "Changed: waiting to be told"},
    {core::State::told, "Told: waiting for the customer"},
    {core::State::visibly_closed, "Visibly closed"},
    {core::State::dismissed, "Dismissed"},
    {core::State::abandoned, "Abandoned"},
};

std::string state_name(core::State state) {
    return std::string(core::name_of(core::kStates, state));
}

const char* label_of(core::State state) {
    for (const Labelled& column : kColumns)
        if (column.state == state) return column.label;
    return "?";
}

/// Mustache asks whether a value is there: empty texts become "no".
data maybe(const std::string& text) {
    return text.empty() ? data(data::type::bool_false) : data(text);
}

core::Instant next_due(const core::Item& item) {
    switch (item.state) {
        case core::State::raised:
            return item.due.hear;
        case core::State::heard:
            return item.due.decide;
        case core::State::decided:
            return item.will_change ? item.promised_by : item.due.tell;
        case core::State::changed:
            return item.due.tell;
        default:
            return core::kNever;
    }
}

std::string evidence_text(const core::Item& item) {
    if (item.evidence < core::Strength::seen) return {};
    return std::string(core::name_of(core::kStrengths, item.evidence)) + " (" + item.evidence_source + ")";
}

data card_of(const flow::ItemView& view, core::Instant now) {
    const core::Instant due = next_due(view.item);
    const bool late = core::happened(due) && due < now;
    data card(data::type::object);
    card.set("alias", "LP-" + std::to_string(view.number));
    card.set("account", view.account_name);
    card.set("contact", view.contact_name);
    card.set("owner", maybe(view.owner_name));
    card.set("verbatim", maybe(view.verbatim));
    card.set("score", view.score ? data(std::to_string(*view.score)) : data(data::type::bool_false));
    card.set("round",
             view.item.round > 1 ? data(std::to_string(view.item.round)) : data(data::type::bool_false));
    card.set("sending", view.item.telling.empty() ? data::type::bool_false : data::type::bool_true);
    card.set("due", core::happened(due)
                        ? data((late ? "late since " : "due ") + json::to_rfc3339(due).substr(0, 10))
                        : data(data::type::bool_false));
    card.set("late", late ? "late" : "due");
    card.set("evidence", maybe(evidence_text(view.item)));
    return card;
}

std::string page_of(std::string_view text, data content) {
    mustache::mustache page{std::string(text)};
    content.set("style", std::string(pages::style_css));
    return page.render(content);
}

data figure_of(const FigureCard& figure) {
    data card(data::type::object);
    card.set("name", figure.name);
    card.set("value", figure.value);
    card.set("range", maybe(figure.range));
    card.set("behind", figure.behind);
    return card;
}

data fact(const std::string& name, const std::string& value) {
    data one(data::type::object);
    one.set("name", name);
    one.set("value", value);
    return one;
}

data event_of(const flow::HistoryEntry& entry) {
    data event(data::type::object);
    event.set("n", std::to_string(entry.n));
    event.set("event", std::string(core::name_of(core::kEvents, entry.event.event)));
    event.set("at", json::to_rfc3339(entry.event.at).substr(0, 16));
    event.set("actor", entry.actor_name.empty() ? "Candour" : entry.actor_name);
    event.set("erased", entry.erased ? data::type::bool_true : data::type::bool_false);
    const core::Content& content = entry.event.content;
    const auto words = content.contains("verbatim") ? content.find("verbatim") : content.find("text");
    event.set("words", words == content.end() ? data(data::type::bool_false) : maybe(words->second));
    list facts;
    for (const char* name : {"score", "why", "trade_off", "decided_by", "link", "reason", "note", "channel",
                             "said", "source", "detail"})
        if (const auto found = content.find(name); found != content.end() && !found->second.empty())
            facts.push_back(fact(name, found->second));
    event.set("facts", data(std::move(facts)));
    return event;
}

std::string next_step(const flow::ItemView& view) {
    const std::string item = "LP-" + std::to_string(view.number);
    if (!view.item.telling.empty())
        return "candour item cancel-tell " + item + "    # within the undo window";
    switch (view.item.state) {
        case core::State::raised:
            return "candour item hear " + item + " --text \"What we heard, in our words\"";
        case core::State::heard:
            return "candour item decide " + item +
                   " --change --text \"What we will do\" --by YYYY-MM-DD\ncandour item decide " + item +
                   " --no-change --text \"What we decided\" --why \"The honest reason\"";
        case core::State::decided:
            if (view.item.will_change) return "candour item change " + item + " --text \"What changed\"";
            [[fallthrough]];
        case core::State::changed:
            return "candour item tell " + item;
        case core::State::told:
            return "Waiting for the customer. If you spoke with them:\ncandour item seen " + item +
                   " --channel phone --said \"What they said\"";
        case core::State::visibly_closed:
            return "Closed: the customer has seen it.";
        case core::State::dismissed:
        case core::State::abandoned:
            return "candour item reopen " + item + " --reason \"Why\"";
    }
    return {};
}

}  // namespace

void OperatorPages::add_to(Router& router, Identity& identity) {
    const auto page = [&](const char* pattern, Handler handler) {
        router.add(Method::get, pattern, identity.unless_loopback(std::move(handler), needs_.on_loopback),
                   kOperatorPage);
    };
    if (needs_.at_root) page("/", [this](Request r) { return overview(std::move(r)); });
    page("/plain", [this](Request r) { return overview(std::move(r)); });
    page("/items/{item}", [this](Request r) { return item(std::move(r)); });
    if (!needs_.demo) return;
    page("/demo/mail", [this](Request r) { return mails(std::move(r)); });
    page("/demo/mail/{message}", [this](Request r) { return mail(std::move(r)); });
}

flow::Task<Response> OperatorPages::overview(Request request) {
    auto counting = needs_.items.counts();
    Result<std::vector<flow::StateCount>> counts = co_await std::move(counting);
    if (!counts) co_return Response::problem(counts.error(), request.path);
    list states, groups;
    for (const Labelled& column : kColumns) {
        std::int64_t items = 0;
        for (const flow::StateCount& count : *counts)
            if (count.state == column.state) items = count.items;
        data state(data::type::object);
        state.set("state", state_name(column.state));
        state.set("items", std::to_string(items));
        state.set("label", state_name(column.state) == "visibly_closed" ? std::string("visibly closed")
                                                                        : state_name(column.state));
        states.push_back(state);
        if (items == 0) continue;
        flow::ItemQuery query;
        query.state = column.state;
        query.limit = kShown;
        auto reading = needs_.items.list(query);
        Result<flow::ItemPage> page = co_await std::move(reading);
        if (!page) co_return Response::problem(page.error(), request.path);
        list cards;
        for (const flow::ItemView& view : page->items) cards.push_back(card_of(view, needs_.clock.now()));
        data group(data::type::object);
        group.set("state", state_name(column.state));
        group.set("label", std::string(column.label));
        group.set("cards", data(std::move(cards)));
        group.set("more", items > kShown ? data::type::bool_true : data::type::bool_false);
        groups.push_back(group);
    }
    auto measuring = figure_cards(needs_.figures);
    const std::vector<FigureCard> figures = co_await std::move(measuring);
    list figure_list;
    for (const FigureCard& figure : figures) figure_list.push_back(figure_of(figure));
    data content(data::type::object);
    content.set("figures", data(std::move(figure_list)));
    content.set("empty", groups.empty() ? data::type::bool_true : data::type::bool_false);
    content.set("organisation", needs_.policies->organisation);
    content.set("demo", needs_.demo ? data::type::bool_true : data::type::bool_false);
    content.set("states", data(std::move(states)));
    content.set("groups", data(std::move(groups)));
    co_return Response::html(200, page_of(pages::overview_html, std::move(content)));
}

flow::Task<Response> OperatorPages::item(Request request) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    auto finding = needs_.items.find(*ref);
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    auto reading = needs_.items.history(view->item.id);
    Result<std::vector<flow::HistoryEntry>> history = co_await std::move(reading);
    if (!history) co_return Response::problem(history.error(), request.path);
    auto asking = needs_.mailbook.of_item(view->item.id);
    Result<std::vector<flow::MessageRow>> messages = co_await std::move(asking);
    if (!messages) co_return Response::problem(messages.error(), request.path);
    auto looking = needs_.links.page_of(view->item.id);
    Result<MessageId> page = co_await std::move(looking);
    data content = card_of(*view, needs_.clock.now());
    content.set("organisation", needs_.policies->organisation);
    content.set("demo", needs_.demo ? data::type::bool_true : data::type::bool_false);
    content.set("state", state_name(view->item.state));
    content.set("label", std::string(label_of(view->item.state)));
    content.set("version", std::to_string(view->item.version));
    content.set("round", std::to_string(view->item.round));
    content.set("segment", view->item.segment);
    content.set("page", page && !page->empty() ? data(needs_.page_url(*page)) : data(data::type::bool_false));
    content.set("next", next_step(*view));
    list events, rows;
    for (const flow::HistoryEntry& entry : *history) events.push_back(event_of(entry));
    for (const flow::MessageRow& message : *messages) {
        data row(data::type::object);
        row.set("id", message.id.text());
        row.set("kind", std::string(core::name_of(core::kMessageKinds, message.kind)));
        row.set("state", std::string(core::name_of(core::kMessageStates, message.state)));
        row.set("attempts", std::to_string(message.attempts));
        row.set("detail", message.last_detail);
        rows.push_back(row);
    }
    content.set("events", data(std::move(events)));
    content.set("messages", data(std::move(rows)));
    co_return Response::html(200, page_of(pages::item_html, std::move(content)));
}

flow::Task<Response> OperatorPages::mails(Request request) {
    auto reading = needs_.mailbook.copies("", 200);
    Result<std::vector<flow::SentCopy>> copies = co_await std::move(reading);
    if (!copies) co_return Response::problem(copies.error(), request.path);
    list rows;
    for (const flow::SentCopy& copy : *copies) {
        data row(data::type::object);
        row.set("id", copy.id.text());
        row.set("at", json::to_rfc3339(copy.at).substr(0, 16));
        row.set("to", copy.recipient);
        row.set("subject", copy.subject);
        rows.push_back(row);
    }
    data content(data::type::object);
    content.set("organisation", needs_.policies->organisation);
    content.set("empty", rows.empty() ? data::type::bool_true : data::type::bool_false);
    content.set("mails", data(std::move(rows)));
    co_return Response::html(200, page_of(pages::demo_mail_html, std::move(content)));
}

/// The mail itself, as its reader's program would show it: its own inline styles, no script, nothing from
/// outside.
flow::Task<Response> OperatorPages::mail(Request request) {
    auto reading = needs_.mailbook.copies(std::string(request.parameter("message")), 1);
    Result<std::vector<flow::SentCopy>> copies = co_await std::move(reading);
    if (!copies) co_return Response::problem(copies.error(), request.path);
    if (copies->empty())
        co_return Response::problem(Error{ErrorCode::not_found, "no such mail was sent"}, request.path);
    Result<std::string> html = needs_.html_of_letter(copies->front().content);
    if (!html) co_return Response::problem(html.error(), request.path);
    Response response = Response::html(200, std::move(*html));
    response.set("Content-Security-Policy",
                 "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                 "frame-ancestors 'none'");
    co_return response;
}

}  // namespace candour::http
