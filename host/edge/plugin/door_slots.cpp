#include "edge/plugin/door_slots.hpp"

#include <boost/json.hpp>

#include "edge/plugin/collect_bridge.hpp"
#include "edge/plugin/data_bridge.hpp"
#include "edge/plugin/door_ask.hpp"
#include "edge/plugin/door_serve.hpp"
#include "edge/plugin/text.hpp"

namespace candour::plugin {

using sdk::from_view;
using sdk::hand_over;
using sdk::report;

namespace {

constexpr std::size_t kMaxLine = 16 * 1024;                 // bytes of a log line with its fields
constexpr std::uint64_t kLongestS = 100ULL * 366 * 86'400;  // a century; beyond it durations overflow

bool is_json_object(std::string_view text) {
    std::error_code ec;
    const boost::json::value parsed =
        boost::json::parse(boost::json::string_view(text.data(), text.size()), ec);
    return !ec && parsed.is_object();
}

flow::Task<Result<bool>> ask_unwanted(Home& home, std::uint64_t call) {
    co_return !home.unwanted || home.unwanted(call);
}
flow::Task<Result<std::string>> read_view(Home& home, flow::ViewQuery query) {
    if (home.services.views == nullptr) co_return Error{ErrorCode::unsupported, "this host offers no views"};
    auto reading = home.services.views->read(std::move(query));
    const Result<flow::ViewPage> page = co_await std::move(reading);
    if (!page) co_return page.error();
    co_return view_page_json(*page);
}
flow::Task<Result<Nothing>> hand_in(Home& home, std::uint64_t request, flow::Collected answer) {
    if (!home.answer) co_return Error{ErrorCode::cancelled, "the host is closing"};
    co_return home.answer(request, std::move(answer));
}

}  // namespace

const void* Door::Slots::query(void* ctx, cdr_str id) {
    static const cdr_kv kv{sizeof(cdr_kv), 0, &kv_get, &kv_put, &kv_erase, &kv_scan};
    static const cdr_ingest ingest{sizeof(cdr_ingest), 0, &put_json, &put_batch};
    static const cdr_egress egress{sizeof(cdr_egress), 0, &fetch};
    static const cdr_timer timer{sizeof(cdr_timer), 0, &set_timer, &clear_timer};
    static const cdr_http http{sizeof(cdr_http), 0, &respond};
    static const cdr_mail mail{sizeof(cdr_mail), 0, &send};
    static const cdr_data data{sizeof(cdr_data), 0, &read_data};
    const void* found = nullptr;
    serve(ctx, "query", {}, false, nullptr, [&](Door& door) {
        const std::string_view name = from_view(id);
        const auto any_of = [&door](const char* kind) {
            const auto first = door.grants_.lower_bound(kind);
            return first != door.grants_.end() && first->starts_with(kind);
        };
        if (name == CDR_IFACE_KV && door.granted("kv")) found = &kv;
        if (name == CDR_IFACE_INGEST && any_of("ingest:")) found = &ingest;
        if (name == CDR_IFACE_TIMER && door.granted("timer")) found = &timer;
        if (name == CDR_IFACE_HTTP && door.granted("http")) found = &http;
        if (name == CDR_IFACE_MAIL && door.granted("mail")) found = &mail;
        if (name == CDR_IFACE_DATA && any_of("data:")) found = &data;
        if (name == CDR_IFACE_EGRESS && any_of("net:")) found = &egress;
        return done();
    });
    return found;
}

cdr_status Door::Slots::log(void* ctx, std::uint32_t level, cdr_str message, cdr_str fields,
                            cdr_error* error) {
    return serve(ctx, "log", {}, false, error, [&](Door& door) -> Done {
        LogLine line{door.plugin_, static_cast<LogLine::Level>(std::min(level, 3U)),
                     std::string(from_view(message)), std::string(from_view(fields))};
        if (line.message.size() + line.fields_json.size() > kMaxLine || !is_text(line.message))
            return bad("log", "up to 16 KiB of UTF-8 without NUL");
        if (!line.fields_json.empty() && !is_json_object(line.fields_json))
            return bad("log", "fields as a JSON object");
        if (door.may_log()) door.post([line](Home& home) { home.services.log(line); });
        return done();
    });
}

cdr_status Door::Slots::config(void* ctx, cdr_buf* out, cdr_error* error) {
    return serve(ctx, "config", {}, false, error, [&](Door& door) {
        *out = hand_over(door.config_);
        return done();
    });
}

cdr_status Door::Slots::now(void* ctx, std::int64_t* out, cdr_error* error) {
    return serve(ctx, "now", {}, false, error, [&](Door& door) -> Done {
        const Result<core::Instant> now = door.now();
        if (!now) return now.error();
        *out = core::to_us(*now);
        return done();
    });
}

cdr_status Door::Slots::cancelled(void* ctx, std::uint64_t call, std::uint32_t* out, cdr_error* error) {
    return serve(ctx, "cancelled", {}, false, error, [&](Door& door) -> Done {
        if (const Job* job = current_job(); job && job->id == call) {
            *out = job->unwanted ? 1 : 0;
            return done();
        }
        const Result<bool> unwanted = door.ask<bool>([call](Home& home) { return ask_unwanted(home, call); });
        if (!unwanted) return unwanted.error();
        *out = *unwanted ? 1 : 0;
        return done();
    });
}

cdr_status Door::Slots::kv_get(void* ctx, cdr_str key, cdr_buf* out, std::uint64_t* version,
                               cdr_error* error) {
    return serve(ctx, "kv.get", "kv", false, error, [&](Door& door) -> Done {
        const std::string name(from_view(key));
        if (Done fits = check_key("kv.get", name); !fits) return fits;
        const Result<flow::KvEntry> entry = door.ask<flow::KvEntry>(
            [plugin = door.plugin_, name](Home& home) { return home.services.state.get(plugin, name); });
        if (!entry) return entry.error();
        *out = hand_over(entry->value);
        *version = entry->version;
        return done();
    });
}

cdr_status Door::Slots::kv_put(void* ctx, cdr_str key, cdr_str value, std::uint64_t expected,
                               std::uint64_t ttl_s, std::uint64_t* version, cdr_error* error) {
    return serve(ctx, "kv.put", "kv", false, error, [&](Door& door) -> Done {
        const std::string name(from_view(key)), text(from_view(value));
        if (Done fits = check_key("kv.put", name); !fits) return fits;
        if (Done fits = check_document("kv.put " + name, text); !fits) return fits;
        if (ttl_s > kLongestS) return bad("kv.put", "a time to live of at most a century");
        const std::chrono::seconds ttl{ttl_s};
        const Result<std::uint64_t> stored =
            door.ask<std::uint64_t>([plugin = door.plugin_, name, text, expected, ttl](Home& home) {
                return home.services.state.put(plugin, name, text, expected, ttl);
            });
        if (!stored) return stored.error();
        *version = *stored;
        return done();
    });
}

cdr_status Door::Slots::kv_erase(void* ctx, cdr_str key, std::uint64_t expected, cdr_error* error) {
    return serve(ctx, "kv.erase", "kv", false, error, [&](Door& door) -> Done {
        const std::string name(from_view(key));
        if (Done fits = check_key("kv.erase", name); !fits) return fits;
        return door.ask<Nothing>([plugin = door.plugin_, name, expected](Home& home) {
            return home.services.state.erase(plugin, name, expected);
        });
    });
}

cdr_status Door::Slots::put_json(void* ctx, cdr_str stream, cdr_str key, cdr_str json, cdr_error* error) {
    const std::string_view name = from_view(stream);
    if (!is_stream(name))
        return report(error, ErrorCode::invalid,
                      "ingest.put_json: expected a stream such as \"survey.answer\"");
    return serve(ctx, "ingest.put_json", "ingest:" + std::string(name), true, error, [&](Door& door) -> Done {
        if (Done fits = check_key("ingest.put_json: idempotency key", from_view(key)); !fits) return fits;
        return door.put_observation(name, from_view(key), from_view(json));
    });
}

cdr_status Door::Slots::set_timer(void* ctx, cdr_str id, std::int64_t due, std::uint64_t period,
                                  cdr_str payload, cdr_error* error) {
    return serve(ctx, "timer.set", "timer", false, error, [&](Door& door) -> Done {
        flow::PluginTimer timer{door.plugin_, std::string(from_view(id)), core::from_us(due),
                                std::chrono::microseconds{period}, std::string(from_view(payload))};
        if (Done fits = check_key("timer.set", timer.id); !fits) return fits;
        if (Done fits = check_document("timer.set " + timer.id, timer.payload); !fits) return fits;
        if (due <= 0) return bad("timer.set " + timer.id, "an instant after 1970");
        if (period > kLongestS * 1'000'000)
            return bad("timer.set " + timer.id, "a period of at most a century");
        return door.ask<Nothing>([timer](Home& home) { return home.services.state.set_timer(timer); });
    });
}

cdr_status Door::Slots::clear_timer(void* ctx, cdr_str id, cdr_error* error) {
    return serve(ctx, "timer.clear", "timer", false, error, [&](Door& door) -> Done {
        const std::string name(from_view(id));
        if (Done fits = check_key("timer.clear", name); !fits) return fits;
        const Done cleared = door.ask<Nothing>([plugin = door.plugin_, name](Home& home) {
            return home.services.state.clear_timer(plugin, name);
        });
        if (!cleared && cleared.error().code == ErrorCode::not_found) return done();
        return cleared;
    });
}

cdr_status Door::Slots::respond(void* ctx, std::uint64_t request, std::uint32_t status, cdr_str headers,
                                cdr_bytes body, cdr_error* error) {
    return serve(ctx, "http.respond", "http", true, error, [&](Door& door) -> Done {
        Result<flow::Collected> answer = read_response(status, from_view(headers), from_view(body));
        if (!answer) return answer.error();
        return door.ask<Nothing>(
            [request, answer = *std::move(answer)](Home& home) { return hand_in(home, request, answer); });
    });
}

cdr_status Door::Slots::read_data(void* ctx, cdr_str query, cdr_buf* out_page, cdr_error* error) {
    const Result<flow::ViewQuery> wanted = read_view_query(from_view(query));
    if (!wanted) return report(error, wanted.error());
    return serve(ctx, "data.read", "data:" + wanted->view, true, error, [&](Door& door) -> Done {
        const Result<std::string> page =
            door.ask<std::string>([asked = *wanted](Home& home) { return read_view(home, asked); });
        if (!page) return page.error();
        *out_page = hand_over(*page);
        return done();
    });
}

cdr_status Door::Slots::send(void* ctx, cdr_str key, cdr_str contact, cdr_str document,
                             std::int64_t not_before, cdr_buf* out_id, cdr_error* error) {
    return serve(ctx, "mail.send", "mail", true, error, [&](Door& door) -> Done {
        const auto id = ContactId::parse(from_view(contact));
        if (!id) return bad("mail.send", "the id of a contact (con_…)");
        flow::PluginMailRequest request{door.plugin_, std::string(from_view(key)), *id,
                                        std::string(from_view(document)), core::from_us(not_before)};
        if (Done fits = check_key("mail.send: idempotency key", request.key); !fits) return fits;
        if (Done fits = check_document("mail.send", request.document); !fits) return fits;
        const Result<MessageId> sent =
            door.ask<MessageId>([request](Home& home) { return home.services.mail.send(request); });
        if (!sent) return sent.error();
        *out_id = hand_over(sent->text());
        return done();
    });
}

}  // namespace candour::plugin
