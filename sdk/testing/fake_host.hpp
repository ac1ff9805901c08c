/// A host in memory, to test a plugin without Candour: it gives the services that the test grants, keeps what
/// the plugin did for the test to read, fails on demand, and notes what a plugin must not do. Standard
/// library only.
///
/// It keeps the promises of abi.h (a job's facts are kept when the job succeeds, the same key is the same
/// fact, a page view stores nothing) but reads no JSON: whether an observation fits its schema, the real host
/// says. Read the public members only while no thread of the plugin runs.
#ifndef CANDOUR_TESTING_FAKE_HOST_HPP
#define CANDOUR_TESTING_FAKE_HOST_HPP
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "candour/border.hpp"
#include "candour/host.hpp"

namespace candour::sdk::testing {

class FakeHost {
 public:
    struct Line {
        Level level;
        std::string message, fields;
    };
    struct Fact {
        std::string stream, key, json;
    };
    struct SetTimer {
        Instant due;
        std::chrono::microseconds period;
        std::string payload;
    };
    struct SentMail {
        std::string key, contact, document, id;
    };
    /// What the plugin asked of the world outside.
    struct Fetch {
        std::string request, body;
    };
    struct LateAnswer {
        std::uint32_t status;
        std::string headers, body;
    };
    /// What kind of call into the plugin is under way on this thread.
    enum class Under { nothing, view, job };

    FakeHost() {
        host_ = {sizeof(cdr_host), CDR_ABI_MAJOR, CDR_ABI_MINOR, this, &query, &log,
                 &config_of,       &now_of,       &cancelled};
    }
    FakeHost(const FakeHost&) = delete;
    FakeHost& operator=(const FakeHost&) = delete;

    const cdr_host* raw() const { return &host_; }
    void grant(std::string capability) { grants.insert(std::move(capability)); }
    /// The next call of this slot ("kv.get", "ingest.put_json", …) fails like this.
    void fail_next(std::string slot, Error error) { failures_.emplace(std::move(slot), std::move(error)); }

    void begin(Under under) {
        under_() = under;
        bound_.clear();
    }
    void end(bool kept) {
        if (kept)
            for (Fact& fact : bound_) keep(std::move(fact));
        begin(Under::nothing);
    }

    std::set<std::string> grants;
    std::string config = "{}";
    Instant now{std::chrono::microseconds{1'750'000'000'000'000}};
    bool stopped = false;
    std::set<std::uint64_t> unwanted;  ///< ids of calls that `cancelled` says nobody waits for

    std::vector<Line> lines;
    std::vector<Fact> facts;
    std::map<std::string, KvEntry> documents;
    std::map<std::string, SetTimer> timers;
    std::vector<SentMail> mails;
    std::map<std::uint64_t, LateAnswer> answers;
    std::map<std::string, std::string> pages;  ///< view → the page that `data.read` answers with
    std::vector<Fetch> fetches;
    std::vector<Fetched> world;         ///< what `egress.fetch` answers with, one after the other
    std::vector<std::string> offences;  ///< calls after stop, and the like

 private:
    static FakeHost& of(void* ctx) { return *static_cast<FakeHost*>(ctx); }
    static Under& under_() {
        thread_local Under under = Under::nothing;
        return under;
    }

    void keep(Fact fact) {
        for (const Fact& kept : facts)
            if (kept.stream == fact.stream && kept.key == fact.key &&
                (!fact.key.empty() || kept.json == fact.json))
                return;
        facts.push_back(std::move(fact));
    }

    /// What every slot does first. nullopt: go on.
    std::optional<Error> refusal(const std::string& slot, std::string_view capability) {
        if (stopped) {
            offences.push_back(slot + " after stop");
            return Error{ErrorCode::cancelled, slot + " was called after stop returned"};
        }
        if (const auto failure = failures_.find(slot); failure != failures_.end()) {
            Error error = std::move(failure->second);
            failures_.erase(failure);
            return error;
        }
        if (!capability.empty() && !grants.contains(std::string(capability)))
            return Error{ErrorCode::denied, "not granted: " + std::string(capability)};
        return std::nullopt;
    }

    template <class Body>
    static cdr_status serve(void* ctx, const char* slot, std::string_view capability, cdr_error* error,
                            Body body) {
        return guard(error, [&]() -> cdr_status {
            FakeHost& host = of(ctx);
            const std::lock_guard lock(host.mutex_);
            if (const auto refused = host.refusal(slot, capability)) return report(error, *refused);
            const Done served = body(host);
            return served ? CDR_OK : report(error, served.error());
        });
    }

    bool grants_any(std::string_view kind) const {
        const auto first = grants.lower_bound(std::string(kind));
        return first != grants.end() && first->starts_with(kind);
    }
    /// The value of "view" in a query; good enough for names without escapes.
    static std::string view_of(std::string_view query) {
        const std::size_t key = query.find("\"view\"");
        const std::size_t from = key == std::string_view::npos ? key : query.find('"', query.find(':', key));
        if (from == std::string_view::npos) return {};
        return std::string(query.substr(from + 1, query.find('"', from + 1) - from - 1));
    }

    static const void* query(void* ctx, cdr_str id) {
        static const cdr_kv kv = kv_table();
        static const cdr_ingest ingest{sizeof(cdr_ingest), 0, &put_json, &put_batch};
        static const cdr_egress egress{sizeof(cdr_egress), 0, &fetch};
        static const cdr_timer timer{sizeof(cdr_timer), 0, &set_timer, &clear_timer};
        static const cdr_http http{sizeof(cdr_http), 0, &respond};
        static const cdr_mail mail{sizeof(cdr_mail), 0, &send};
        static const cdr_data data{sizeof(cdr_data), 0, &read};
        const FakeHost& host = of(ctx);
        const std::string_view name = from_view(id);
        if (name == CDR_IFACE_KV && host.grants.contains("kv")) return &kv;
        if (name == CDR_IFACE_INGEST && host.grants_any("ingest:")) return &ingest;
        if (name == CDR_IFACE_TIMER && host.grants.contains("timer")) return &timer;
        if (name == CDR_IFACE_HTTP && host.grants.contains("http")) return &http;
        if (name == CDR_IFACE_MAIL && host.grants.contains("mail")) return &mail;
        if (name == CDR_IFACE_DATA && host.grants_any("data:")) return &data;
        if (name == CDR_IFACE_EGRESS && host.grants_any("net:")) return &egress;
        return nullptr;
    }
    static cdr_kv kv_table() {
        cdr_kv kv{};
        kv.struct_size = sizeof kv;
        kv.get = &kv_get;
        kv.put = &kv_put;
        kv.erase = &kv_erase;
#if CDR_TARGET_MINOR >= 1
        kv.scan = &kv_scan;
#endif
        return kv;
    }
    static cdr_status log(void* ctx, std::uint32_t level, cdr_str message, cdr_str fields, cdr_error* error) {
        return serve(ctx, "log", {}, error, [&](FakeHost& host) {
            host.lines.push_back(
                {static_cast<Level>(level), std::string(from_view(message)), std::string(from_view(fields))});
            return done();
        });
    }
    static cdr_status config_of(void* ctx, cdr_buf* out, cdr_error* error) {
        return serve(ctx, "config", {}, error, [&](FakeHost& host) {
            *out = hand_over(host.config);
            return done();
        });
    }
    static cdr_status now_of(void* ctx, std::int64_t* out, cdr_error* error) {
        return serve(ctx, "now", {}, error, [&](FakeHost& host) {
            *out = host.now.time_since_epoch().count();
            return done();
        });
    }
    static cdr_status cancelled(void* ctx, std::uint64_t call, std::uint32_t* out, cdr_error* error) {
        return serve(ctx, "cancelled", {}, error, [&](FakeHost& host) {
            *out = host.unwanted.contains(call) ? 1 : 0;
            return done();
        });
    }
    static cdr_status kv_get(void* ctx, cdr_str key, cdr_buf* out, std::uint64_t* version, cdr_error* error) {
        return serve(ctx, "kv.get", "kv", error, [&](FakeHost& host) -> Done {
            const auto found = host.documents.find(std::string(from_view(key)));
            if (found == host.documents.end()) return Error{ErrorCode::not_found, "no such key"};
            *out = hand_over(found->second.value);
            *version = found->second.version;
            return done();
        });
    }
    static cdr_status kv_put(void* ctx, cdr_str key, cdr_str value, std::uint64_t expected, std::uint64_t,
                             std::uint64_t* version, cdr_error* error) {
        return serve(ctx, "kv.put", "kv", error, [&](FakeHost& host) -> Done {
            const auto found = host.documents.find(std::string(from_view(key)));
            const std::uint64_t current = found == host.documents.end() ? 0 : found->second.version;
            if (expected != kAnyVersion && expected != current)
                return Error{ErrorCode::conflict, "expected version " + std::to_string(expected) +
                                                      ", found " + std::to_string(current)};
            host.documents[std::string(from_view(key))] = {std::string(from_view(value)), current + 1};
            *version = current + 1;
            return done();
        });
    }
    static cdr_status kv_erase(void* ctx, cdr_str key, std::uint64_t expected, cdr_error* error) {
        return serve(ctx, "kv.erase", "kv", error, [&](FakeHost& host) -> Done {
            const auto found = host.documents.find(std::string(from_view(key)));
            if (found == host.documents.end()) return Error{ErrorCode::not_found, "no such key"};
            if (expected != kAnyVersion && expected != found->second.version)
                return Error{ErrorCode::conflict, "another version"};
            host.documents.erase(found);
            return done();
        });
    }
#if CDR_TARGET_MINOR >= 1
    static std::string quoted(std::string_view text) {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string json = "\"";
        for (const char c : text)
            if (static_cast<unsigned char>(c) < ' ')
                json.append("\\u00").append({digits[static_cast<unsigned char>(c) >> 4], digits[c & 15]});
            else
                json.append(c == '"' || c == '\\' ? "\\" : "").push_back(c);
        return json + "\"";
    }
    static cdr_status kv_scan(void* ctx, cdr_str prefix, cdr_str after, std::uint32_t limit, cdr_buf* out,
                              cdr_error* error) {
        return serve(ctx, "kv.scan", "kv", error, [&](FakeHost& host) -> Done {
            if (limit < 1 || limit > 1000) return Error{ErrorCode::invalid, "a limit from 1 to 1000"};
            const std::string wanted(from_view(prefix)), seen(from_view(after));
            std::string entries, next = "null";
            std::uint32_t count = 0;
            for (const auto& [key, entry] : host.documents) {
                if (!key.starts_with(wanted) || (!seen.empty() && key <= seen)) continue;
                if (count == limit) break;
                entries += std::string(count++ == 0 ? "" : ",") + "{\"key\":" + quoted(key) +
                           ",\"version\":" + std::to_string(entry.version) +
                           ",\"value\":" + quoted(entry.value) + "}";
                next = count == limit ? quoted(key) : "null";
            }
            *out = hand_over("{\"entries\":[" + entries + "],\"next\":" + next + "}");
            return done();
        });
    }
#endif
    /// The whole batch as one fact without a key: this host reads no JSON.
    static cdr_status put_batch(void* ctx, cdr_str stream, cdr_str batch, cdr_error* error) {
        const std::string capability = "ingest:" + std::string(from_view(stream));
        return serve(ctx, "ingest.put_batch", capability, error, [&](FakeHost& host) -> Done {
            if (under_() == Under::view) return Error{ErrorCode::denied, "a page view stores nothing"};
            Fact facts{std::string(from_view(stream)), {}, std::string(from_view(batch))};
            if (under_() == Under::job)
                host.bound_.push_back(std::move(facts));
            else
                host.keep(std::move(facts));
            return done();
        });
    }
    static cdr_status fetch(void* ctx, cdr_str request, cdr_bytes body, cdr_buf* out_meta, cdr_buf* out_body,
                            cdr_error* error) {
        return serve(ctx, "egress.fetch", {}, error, [&](FakeHost& host) -> Done {
            host.fetches.push_back({std::string(from_view(request)), std::string(from_view(body))});
            if (host.world.empty()) return Error{ErrorCode::unavailable, "nobody answers in this test"};
            const Fetched answer = std::move(host.world.front());
            host.world.erase(host.world.begin());
            *out_meta = hand_over(answer.meta_json);
            *out_body = hand_over(answer.body);
            return done();
        });
    }
    static cdr_status put_json(void* ctx, cdr_str stream, cdr_str key, cdr_str json, cdr_error* error) {
        const std::string capability = "ingest:" + std::string(from_view(stream));
        return serve(ctx, "ingest.put_json", capability, error, [&](FakeHost& host) -> Done {
            Fact fact{std::string(from_view(stream)), std::string(from_view(key)),
                      std::string(from_view(json))};
            if (fact.key.empty()) return Error{ErrorCode::invalid, "an idempotency key must not be empty"};
            if (under_() == Under::view) return Error{ErrorCode::denied, "a page view stores nothing"};
            if (under_() == Under::job)
                host.bound_.push_back(std::move(fact));
            else
                host.keep(std::move(fact));
            return done();
        });
    }
    static cdr_status set_timer(void* ctx, cdr_str id, std::int64_t due, std::uint64_t period,
                                cdr_str payload, cdr_error* error) {
        return serve(ctx, "timer.set", "timer", error, [&](FakeHost& host) {
            host.timers[std::string(from_view(id))] = {Instant{std::chrono::microseconds{due}},
                                                       std::chrono::microseconds{period},
                                                       std::string(from_view(payload))};
            return done();
        });
    }
    static cdr_status clear_timer(void* ctx, cdr_str id, cdr_error* error) {
        return serve(ctx, "timer.clear", "timer", error, [&](FakeHost& host) {
            host.timers.erase(std::string(from_view(id)));
            return done();
        });
    }
    static cdr_status respond(void* ctx, std::uint64_t request, std::uint32_t status, cdr_str headers,
                              cdr_bytes body, cdr_error* error) {
        return serve(ctx, "http.respond", "http", error, [&](FakeHost& host) -> Done {
            const LateAnswer late{status, std::string(from_view(headers)), std::string(from_view(body))};
            if (!host.answers.emplace(request, late).second)
                return Error{ErrorCode::not_found, "answered already"};
            return done();
        });
    }
    static cdr_status send(void* ctx, cdr_str key, cdr_str contact, cdr_str document, std::int64_t,
                           cdr_buf* out_id, cdr_error* error) {
        return serve(ctx, "mail.send", "mail", error, [&](FakeHost& host) {
            const std::string wanted(from_view(key));
            for (const SentMail& mail : host.mails)
                if (mail.key == wanted) {
                    *out_id = hand_over(mail.id);
                    return done();
                }
            const std::string id = "msg_fake" + std::to_string(host.mails.size() + 1);
            host.mails.push_back(
                {wanted, std::string(from_view(contact)), std::string(from_view(document)), id});
            *out_id = hand_over(id);
            return done();
        });
    }

    static cdr_status read(void* ctx, cdr_str query, cdr_buf* out_page, cdr_error* error) {
        const std::string view = view_of(from_view(query));
        return serve(ctx, "data.read", "data:" + view, error, [&](FakeHost& host) -> Done {
            const auto page = host.pages.find(view);
            if (page == host.pages.end()) return Error{ErrorCode::not_found, "there is no view " + view};
            *out_page = hand_over(page->second);
            return done();
        });
    }

    cdr_host host_{};
    std::mutex mutex_;
    std::vector<Fact> bound_;
    std::multimap<std::string, Error> failures_;
};

}  // namespace candour::sdk::testing
#endif
