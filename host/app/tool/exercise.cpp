#include "app/tool/exercise.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <random>

#include "app/tool/lent.hpp"
#include "app/tool/plausible.hpp"
#include "candour/measure.hpp"
#include "edge/plugin/library.hpp"
#include "edge/plugin/text.hpp"
#include "json_schemas.hpp"

namespace candour::app::tool {

using sdk::testing::FakeHost;
using Cells = std::vector<std::int64_t>;

namespace {

constexpr std::int64_t kToday = 20'000;  // a day in 2024; nothing here knows today

std::string_view bytes_of(const Cells& cells) {
    return {reinterpret_cast<const char*>(cells.data()), cells.size() * sizeof(std::int64_t)};
}

constexpr const char* kMail =
    "From: Ada <ada@example.org>\r\nTo: feedback@example.com\r\nSubject: Re: How was it?\r\n"
    "Message-ID: <1@example.org>\r\nDate: Fri, 04 Oct 2024 10:00:00 +0000\r\n\r\nFine, but exports time "
    "out.\r\n";
constexpr const char* kMessage =
    R"({"id":"msg_01arz3ndektsv4rrffq69g5fav","channel":"test","sender":"Acme","recipient":"ada@example.org",)"
    R"("content":{"subject":"Hello","text":"What we changed."},"attempt":1})";

/// The day asked for, and those of the metric's "also_as_of".
std::string days_json(const plugin::Manifest& manifest, const std::string& metric) {
    std::string days = "\"2024-10-04\"";
    const auto spec = std::ranges::find(manifest.metrics, metric, &plugin::MetricSpec::id);
    for (std::size_t i = 0; spec != manifest.metrics.end() && i < spec->also_as_of.size(); ++i)
        days += ",\"2024-0" + std::to_string(7 - 3 * i) + "-01\"";
    return "{\"days\":[" + days + "],\"scope\":{},\"accounts\":1}";
}

/// What a campaign says about its message, when it asks what the manifest says.
std::string facts_json(const plugin::Manifest& manifest) {
    const std::string about = manifest.campaign_about.empty() ? manifest.id : manifest.campaign_about;
    return R"({"contact":{"name":"Ada"},"account":{"name":"Acme"},"organisation":{"name":"Us"},"about":")" +
           about + "\"}";
}

}  // namespace

Result<const cdr_plugin*> load(const Subject& subject) {
    return plugin::open_library(subject.manifest);
}

Bench::Bench(const Subject& subject) : manifest_(subject.manifest) {
    host.config = plausible_configuration(manifest_.config_schema);
    grant_all();
}

void Bench::grant_all(const std::string& but) {
    host.grants.clear();
    for (const plugin::Permission& asked : manifest_.permissions)
        if (asked.cap != but) host.grant(asked.cap);
    for (const plugin::Permission& asked : manifest_.permissions)
        if (asked.cap.starts_with("data:"))
            host.pages[asked.cap.substr(5)] = R"({"columns":[],"rows":[],"next":null})";
}

std::string request_json(const plugin::Route& route, const std::string& method, const std::string& key) {
    std::string params;
    for (std::size_t at = 0; (at = route.path.find('{', at)) != std::string::npos; ++at)
        params += (params.empty() ? "\"" : ",\"") +
                  route.path.substr(at + 1, route.path.find('}', at) - at - 1) + "\":\"try\"";
    const std::string about =
        R"("subject":{"message":"msg_01arz3ndektsv4rrffq69g5fav","about":"try","contact":"con_1",)"
        R"("account":"acc_1","language":"en","answered":false})";
    std::string json =
        R"({"method":")" + method + R"(","params":{)" + params +
        R"(},"query":{"a":"9"},"language":"en","organisation":"Us","form_action":"/s/try","form_fields":"",)" +
        about;
    if (method == "POST")
        json += R"(,"form":{"a":"9","score":"9","comment":"fine"},"key":")" + key +
                R"(","loop_url":"/l/try","hear_days":2,"answer_class":"human")";
    return json + "}";
}

Cells rows_of(const plugin::MetricSpec& metric, std::int64_t day, std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Cells cells;
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::int64_t>(i);
        const bool items =
            !metric.tallies.empty();  // raised, heard, decided, …: what comes first has the lower number
        const auto view = items ? 0 : static_cast<std::int64_t>(random() % metric.inputs.size());
        const std::int64_t on = day + at * 3, first = items ? at : static_cast<std::int64_t>(random() % 11);
        cells.insert(cells.end(), {view, on, on * 86'400'000'000, at + 1, first, 1, 0, 0});
    }
    return cells;
}

std::string snapshot_json(const plugin::SignalSpec& signal, std::size_t rows, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const boost::json::value known = boost::json::parse(schemas::json::views_json);
    boost::json::object views;
    for (const std::string& name : signal.inputs) {
        boost::json::array columns, cells;
        for (const boost::json::value& column : known.at("views").at(name).at("columns").as_array())
            if (column != "account") columns.push_back(column);
        for (std::size_t i = 0; i < rows; ++i) {
            boost::json::array row;
            for (const boost::json::value& column : columns) {
                const bool text = column == "contact" || column == "day" || column == "item" ||
                                  column == "segment" || column == "state" ||
                                  column.get_string().ends_with("at");
                row.push_back(text ? boost::json::value("2024-10-04T10:00:00Z")
                                   : boost::json::value(random() % 11));
            }
            cells.push_back(std::move(row));
        }
        views[name] = boost::json::object{{"columns", std::move(columns)}, {"rows", std::move(cells)}};
    }
    const boost::json::object account{
        {"id", "acc_01arz3ndektsv4rrffq69g5fav"}, {"segment", "edge"}, {"annual_revenue", nullptr}};
    return boost::json::serialize(
        boost::json::object{{"account", account}, {"as_of", "2024-10-04"}, {"views", std::move(views)}});
}

cdr_call Instance::next_call(std::uint32_t attempt) {
    const auto deadline = fake_.now + subject_.manifest.limits.call;
    return {sizeof(cdr_call), attempt, ++calls_, deadline.time_since_epoch().count()};
}

/// Runs one call and looks at what it left behind.
template <class Call>
Answer Instance::ask(std::string slot, FakeHost::Under under, Call call) {
    sdk::Buffer out;
    sdk::Failure failure;
    if (one_thread_) fake_.begin(under);
    Answer answer{std::move(slot), CDR_OK, {}, {}};
    answer.status = call(out.out(), failure.out());
    if (one_thread_) fake_.end(answer.status == CDR_OK);
    if (answer.status == CDR_OK) {
        answer.text = out.text();
    } else {
        answer.text = failure.take(answer.status).message;
        if (out.view().size() > 0) answer.refused = "an error has no result, and it left one";
        if (!plugin::is_text(answer.text)) answer.refused = "the error's message is no UTF-8";
    }
    return answer;
}

Answer Instance::create() {
    return ask("create", FakeHost::Under::nothing,
               [&](cdr_buf*, cdr_error* error) { return plugin_->create(host_, &self_, error); });
}
Answer Instance::start() {
    Answer answer = ask("start", FakeHost::Under::nothing,
                        [&](cdr_buf*, cdr_error* error) { return plugin_->start(self_, error); });
    started_ = answer.status == CDR_OK;
    return answer;
}
Answer Instance::stop() {
    started_ = false;
    const std::int64_t deadline = (fake_.now + subject_.manifest.limits.stop).time_since_epoch().count();
    Answer answer = ask("stop", FakeHost::Under::nothing,
                        [&](cdr_buf*, cdr_error* error) { return plugin_->stop(self_, deadline, error); });
    fake_.stopped = true;
    return answer;
}
void Instance::destroy() {
    if (started_) (void)stop();
    if (self_) plugin_->destroy(self_);
    self_ = nullptr;
    fake_.stopped = false;
}

Answer Instance::view(const std::string& route, const std::string& request) {
    return ask("page view of " + route, FakeHost::Under::view, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent id(route), json(request), none("");
        sdk::Buffer headers;
        std::uint32_t status = 0;
        return role<cdr_collector>(CDR_ROLE_COLLECTOR)
            ->handle_http(self_, &call, call.call_id, id.text(), json.text(), none.bytes(), &status,
                          headers.out(), out, error);
    });
}

Answer Instance::submit(const std::string& route, const std::string& request, std::string_view body,
                        std::uint32_t attempt) {
    return ask("answer to " + route, FakeHost::Under::job, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call(attempt);
        const Lent id(route), json(request), raw(body);
        sdk::Buffer headers;
        std::uint32_t status = 0;
        return role<cdr_collector>(CDR_ROLE_COLLECTOR)
            ->handle_http(self_, &call, call.call_id, id.text(), json.text(), raw.bytes(), &status,
                          headers.out(), out, error);
    });
}

Answer Instance::mail(std::string_view raw) {
    return ask("handle_mail", FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent bytes(raw),
            envelope(R"({"sender":"ada@example.org","recipients":["feedback@example.com"]})");
        return role<cdr_collector>(CDR_ROLE_COLLECTOR)
            ->handle_mail(self_, &call, bytes.bytes(), envelope.text(), out, error);
    });
}

Answer Instance::event(const std::string& kind, const std::string& payload) {
    return ask("on_event " + kind, FakeHost::Under::job, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent name(kind), json(payload);
        return plugin_->on_event(self_, &call, name.text(), json.text(), out, error);
    });
}

Answer Instance::deliver(const std::string& message) {
    return ask("deliver", FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent json(message);
        return role<cdr_deliverer>(CDR_ROLE_DELIVERER)->deliver(self_, &call, json.text(), out, error);
    });
}

Answer Instance::compose(const std::string& kind, const std::string& language) {
    return ask("compose " + kind, FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent name(kind), tag(language), facts(facts_json(subject_.manifest));
        return role<cdr_campaign>(CDR_ROLE_CAMPAIGN)
            ->compose(self_, &call, name.text(), tag.text(), facts.text(), out, error);
    });
}

Answer Instance::evaluate(const std::string& signal, const std::string& snapshot) {
    return ask("evaluate " + signal, FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent name(signal), json(snapshot);
        return role<cdr_signal>(CDR_ROLE_SIGNAL)
            ->evaluate(self_, &call, name.text(), json.text(), out, error);
    });
}

Answer Instance::unit(const std::string& metric, const Cells& rows, const Cells& asks) {
    return ask("unit " + metric, FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent name(metric), facts(bytes_of(rows)), wanted(bytes_of(asks));
        return role<cdr_metric>(CDR_ROLE_METRIC)
            ->unit(self_, &call, name.text(), facts.bytes(), wanted.bytes(), out, error);
    });
}

Answer Instance::finalize(const std::string& metric, const Cells& groups) {
    return ask("finalize " + metric, FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent name(metric), cells(bytes_of(groups)), request(days_json(subject_.manifest, metric));
        return role<cdr_metric>(CDR_ROLE_METRIC)
            ->finalize(self_, &call, name.text(), cells.bytes(), request.text(), out, error);
    });
}

Answer Instance::movements(const std::string& tallies, const Cells& rows, const Cells& units) {
    return ask("movements " + tallies, FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent name(tallies), facts(bytes_of(rows)), asked(bytes_of(units));
        return role<cdr_metric>(CDR_ROLE_METRIC)
            ->movements(self_, &call, name.text(), facts.bytes(), asked.bytes(), out, error);
    });
}

Answer Instance::summarise(const std::string& metric, const Cells& pairs) {
    return ask("summarise " + metric, FakeHost::Under::nothing, [&](cdr_buf* out, cdr_error* error) {
        const cdr_call call = next_call();
        const Lent name(metric), cells(bytes_of(pairs)), request(days_json(subject_.manifest, metric));
        return role<cdr_metric>(CDR_ROLE_METRIC)
            ->summarise(self_, &call, name.text(), cells.bytes(), request.text(), out, error);
    });
}

void Instance::routes(std::vector<Answer>& answers) {
    if (!subject_.manifest.collector) return;
    for (const plugin::Route& route : subject_.manifest.collector->routes)
        for (const std::string& method : route.methods) {
            const std::string request = request_json(route, method, "key-" + route.id);
            answers.push_back(method == "GET" ? view(route.id, request) : submit(route.id, request, {}));
        }
    if (subject_.manifest.collector->mail) answers.push_back(mail(kMail));
}

void Instance::metrics(std::vector<Answer>& answers) {
    for (const plugin::MetricSpec& metric : subject_.manifest.metrics) {
        const Cells rows = rows_of(metric, kToday, 8, subject_.seed);
        if (metric.tallies.empty()) {
            answers.push_back(unit(metric.id, rows, {0, 8, kToday + 30}));
            Cells groups(CDR_GROUP_CELLS + (1 + metric.also_as_of.size()) * metric.width, 0);
            groups[2] = -1;
            answers.push_back(finalize(metric.id, groups));
        } else {
            answers.push_back(movements(metric.tallies, rows, {0, 5}));
            answers.push_back(summarise(metric.id, Cells(1 + metric.also_as_of.size(), 0)));
        }
    }
}

std::vector<Answer> Instance::everything() {
    std::vector<Answer> answers;
    routes(answers);
    if (!subject_.manifest.channels.empty()) answers.push_back(deliver(kMessage));
    for (const std::string& kind : subject_.manifest.campaign_kinds) answers.push_back(compose(kind, "en"));
    metrics(answers);
    for (const plugin::SignalSpec& signal : subject_.manifest.signals)
        answers.push_back(evaluate(signal.id, snapshot_json(signal, 3, subject_.seed)));
    for (const std::string& kind : subject_.manifest.events)
        answers.push_back(event(kind, plausible_event(kind)));
    answers.push_back(event("candour.validate", "{}"));
    return answers;
}

}  // namespace candour::app::tool
