#include <array>
#include <cstring>

#include "app/tool/exercise.hpp"

namespace candour::app::tool {
namespace {

using sdk::testing::FakeHost;

/// Creates, starts, asks everything, stops. Empty when the plugin kept its side, whatever it answered.
std::string live_through(const cdr_plugin* plugin, const Subject& subject, Bench& bench,
                         const cdr_host* host) {
    Instance instance(plugin, subject, host, bench.host);
    const auto wrong = [](const Answer& answer) {
        if (!answer.refused.empty()) return answer.slot + ": " + answer.refused;
        return answer.status != CDR_OK && answer.text.empty() ? answer.slot + ": it fails without a word"
                                                              : std::string();
    };
    const Answer created = instance.create();
    if (created.status != CDR_OK) return wrong(created);
    const Answer started = instance.start();
    if (started.status != CDR_OK) return wrong(started);
    for (const Answer& answer : instance.everything())
        if (std::string what = wrong(answer); !what.empty()) return what;
    const Answer stopped = instance.stop();
    if (stopped.status != CDR_OK) return "stop: " + stopped.text;
    instance.destroy();
    return bench.host.offences.empty() ? "" : bench.host.offences.front();
}

Verdict everything(const Subject& subject) {
    const Result<const cdr_plugin*> plugin = load(subject);
    if (!plugin) return failed(plugin.error().message);
    Bench bench(subject);
    {
        Instance instance(*plugin, subject, bench.host.raw(), bench.host);
        if (const Answer created = instance.create(); created.status != CDR_OK)
            return failed("create: " + created.text);
        if (const Answer started = instance.start(); started.status != CDR_OK)
            return failed("start: " + started.text);
    }
    const std::string wrong = live_through(*plugin, subject, bench, bench.host.raw());
    return wrong.empty() ? passed() : failed(wrong);
}

Verdict denied(const Subject& subject) {
    const Result<const cdr_plugin*> plugin = load(subject);
    if (!plugin) return failed(plugin.error().message);
    for (const plugin::Permission& asked : subject.manifest.permissions) {
        Bench bench(subject);
        bench.grant_all(asked.cap);
        const std::string wrong = live_through(*plugin, subject, bench, bench.host.raw());
        if (!wrong.empty()) return failed("without the grant " + asked.cap + ": " + wrong);
    }
    return subject.manifest.permissions.empty() ? skipped("it asks for nothing") : passed();
}

constexpr std::array kSlots{"log",
                            "config",
                            "now",
                            "cancelled",
                            "kv.get",
                            "kv.put",
                            "kv.erase",
                            "kv.scan",
                            "timer.set",
                            "timer.clear",
                            "mail.send",
                            "ingest.put_json",
                            "ingest.put_batch",
                            "http.respond",
                            "data.read",
                            "egress.fetch"};
constexpr std::array kCodes{ErrorCode::invalid,   ErrorCode::not_found,   ErrorCode::conflict,
                            ErrorCode::denied,    ErrorCode::unavailable, ErrorCode::exhausted,
                            ErrorCode::cancelled, ErrorCode::internal};

Verdict failing(const Subject& subject) {
    const Result<const cdr_plugin*> plugin = load(subject);
    if (!plugin) return failed(plugin.error().message);
    for (const char* slot : kSlots)
        for (const ErrorCode code : kCodes) {
            Bench bench(subject);
            // Its first and its next calls fail; later ones go well, as after an outage.
            for (int i = 0; i < 3; ++i)
                bench.host.fail_next(slot, Error{code, "injected by candour plugin validate"});
            const std::string wrong = live_through(*plugin, subject, bench, bench.host.raw());
            if (!wrong.empty())
                return failed("when " + std::string(slot) + " fails with " + std::string(to_text(code)) +
                              ": " + wrong);
        }
    return passed(std::to_string(kSlots.size() * kCodes.size()) + " outages");
}

#if CDR_ABI_MINOR >= 1
/// What a host of 1.0 offers: shorter tables, and behind their end something that must not be read.
const void* query_of_oldest(void* ctx, cdr_str id) {
    const void* table = static_cast<FakeHost*>(ctx)->raw()->query(ctx, id);
    if (!table || sdk::from_view(id) != CDR_IFACE_KV) return table;
    static cdr_kv kv;
    std::memcpy(&kv, table, sizeof kv);
    kv.struct_size = offsetof(cdr_kv, scan);
    constexpr std::uintptr_t nowhere = 0x6b6b6b6b6b6b6b6b;
    std::memcpy(&kv.scan, &nowhere, sizeof nowhere);
    return &kv;
}

Verdict oldest(const Subject& subject) {
    if (subject.manifest.requires_minor > 0) return skipped("it asks for a newer host than the oldest one");
    const Result<const cdr_plugin*> plugin = load(subject);
    if (!plugin) return failed(plugin.error().message);
    Bench bench(subject);
    cdr_host host = *bench.host.raw();
    host.abi_minor = 0;
    host.query = &query_of_oldest;
    const std::string wrong = live_through(*plugin, subject, bench, &host);
    return wrong.empty() ? passed() : failed(wrong);
}
#endif

/// The same job twice, as after a crash: the facts are those of one.
Verdict again(const Subject& subject) {
    if (!subject.manifest.collector) return skipped("it has no jobs");
    return on_running(subject, [&](Bench& bench, Instance& instance) -> Verdict {
        for (const plugin::Route& route : subject.manifest.collector->routes) {
            const std::string request = request_json(route, "POST", "key-" + route.id);
            (void)instance.submit(route.id, request, {}, 1);
            const std::size_t once = bench.host.facts.size();
            (void)instance.submit(route.id, request, {}, 2);
            if (bench.host.facts.size() != once)
                return failed(
                    "route " + route.id +
                    ": the same request with attempt 2 makes another fact; take the key from the request");
        }
        return passed();
    });
}

}  // namespace

std::vector<Case> host_cases() {
    return {
        {"host.everything", 3, "it answers what the manifest promises, or says why not", everything},
            {"host.denied", 3, "it stays upright when any one permission is not granted", denied},
            {"host.failing", 3, "it stays upright when any service of the host fails in any way", failing},
#if CDR_ABI_MINOR >= 1
            {"host.oldest", 3, "it reads nothing that the oldest host it names does not have", oldest},
#endif
            {"job.again", 3, "a job that comes again changes nothing", again},
    };
}

}  // namespace candour::app::tool
