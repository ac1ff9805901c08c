#include <atomic>

#include "app/tool/exercise.hpp"
#include "app/tool/place.hpp"

namespace candour::app::tool {
namespace {

using plugin::Worker;
using sdk::testing::FakeHost;

/// States are numbers: as text they are shown byte by byte.
std::string shown(const std::string& text) {
    constexpr std::size_t most = 160;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : text.substr(0, most)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= ' ' && byte < 0x7f)
            out += c;
        else
            out.append("\\x").append({digits[byte >> 4], digits[byte & 15]});
    }
    return text.size() > most ? out + "…" : out;
}

/// What somebody outside sees of a plugin's work.
struct Trace {
    std::vector<std::string> lines;
    std::string wrong;
};

void note_effects(const FakeHost& host, Trace& trace) {
    for (const FakeHost::Fact& fact : host.facts)
        trace.lines.push_back("fact " + fact.stream + " " + fact.key + " " + fact.json);
    for (const auto& [key, entry] : host.documents)
        trace.lines.push_back("document " + key + " " + entry.value);
    for (const auto& [id, timer] : host.timers) trace.lines.push_back("timer " + id + " " + timer.payload);
    for (const FakeHost::SentMail& mail : host.mails)
        trace.lines.push_back("mail " + mail.key + " " + mail.document);
}

/// Everything that is asked of an instance, wherever its code runs.
Trace work(Instance& instance, Bench& bench) {
    Trace trace;
    const Answer created = instance.create();
    const Answer started = created.status == CDR_OK ? instance.start() : created;
    if (started.status != CDR_OK) return {{}, "start: " + started.text};
    for (const Answer& answer : instance.everything())
        trace.lines.push_back(answer.slot + " " + std::to_string(answer.status) + " " + answer.text);
    if (const Answer stopped = instance.stop(); stopped.status != CDR_OK)
        trace.wrong = "stop: " + stopped.text;
    note_effects(bench.host, trace);
    return trace;
}

Verdict same(const Subject& subject, bool sandbox) {
    const Result<const cdr_plugin*> library = load(subject);
    if (!library) return failed(library.error().message);
    Bench here(subject), there(subject);
    Instance inside(*library, subject, here.host.raw(), here.host);
    const Trace expected = work(inside, here);
    if (!expected.wrong.empty()) return failed(expected.wrong);
    const Result<std::shared_ptr<Worker>> worker = begin_worker(subject, sandbox);
    if (!worker)
        return worker.error().code == ErrorCode::unsupported ? skipped(worker.error().message)
                                                             : failed(worker.error().message);
    Instance outside(Worker::descriptor(), subject, there.host.raw(), there.host);
    outside.lives_in((*worker)->self_of());
    const Trace found = work(outside, there);
    if (!found.wrong.empty()) return failed(found.wrong);
    for (std::size_t i = 0; i < std::max(expected.lines.size(), found.lines.size()); ++i) {
        const std::string a = i < expected.lines.size() ? expected.lines[i] : "nothing",
                          b = i < found.lines.size() ? found.lines[i] : "nothing";
        if (a != b) return failed("in process: " + shown(a) + "; there: " + shown(b));
    }
    (*worker)->retire();
    return passed(std::to_string(found.lines.size()) + " answers and effects");
}

Verdict in_worker(const Subject& subject) {
    return same(subject, false);
}
Verdict in_sandbox(const Subject& subject) {
    return same(subject, true);
}

/// Ends the worker when it asks the host for something that leaves a trace, for the n-th time.
class Killer {
 public:
    Killer(FakeHost& host, Worker& worker, int nth) : left_(nth) {
        now_ = this;
        worker_ = &worker;
        table_ = *host.raw();
        table_.query = &query;
    }
    ~Killer() { now_ = nullptr; }
    Killer(const Killer&) = delete;
    Killer& operator=(const Killer&) = delete;
    const cdr_host* raw() const { return &table_; }
    bool struck() const { return left_ <= 0; }

 private:
    void count() {
        if (--left_ == 0) worker_->kill();
    }
    static const void* real(void* ctx, const char* id) {
        return static_cast<FakeHost*>(ctx)->raw()->query(ctx, sdk::to_view(id));
    }
    static cdr_status put_json(void* ctx, cdr_str stream, cdr_str key, cdr_str json, cdr_error* error) {
        now_->count();
        return static_cast<const cdr_ingest*>(real(ctx, CDR_IFACE_INGEST))
            ->put_json(ctx, stream, key, json, error);
    }
    static cdr_status put(void* ctx, cdr_str key, cdr_str value, std::uint64_t expected, std::uint64_t ttl,
                          std::uint64_t* version, cdr_error* error) {
        now_->count();
        return static_cast<const cdr_kv*>(real(ctx, CDR_IFACE_KV))
            ->put(ctx, key, value, expected, ttl, version, error);
    }
    static cdr_status send(void* ctx, cdr_str key, cdr_str contact, cdr_str document, std::int64_t at,
                           cdr_buf* id, cdr_error* error) {
        now_->count();
        return static_cast<const cdr_mail*>(real(ctx, CDR_IFACE_MAIL))
            ->send(ctx, key, contact, document, at, id, error);
    }
    static const void* query(void* ctx, cdr_str id) {
        const void* table = static_cast<FakeHost*>(ctx)->raw()->query(ctx, id);
        if (table == nullptr) return nullptr;
        static cdr_ingest ingest;
        static cdr_kv kv;
        static cdr_mail mail;
        const std::string_view name = sdk::from_view(id);
        if (name == CDR_IFACE_INGEST)
            return ingest = *static_cast<const cdr_ingest*>(table), ingest.put_json = &put_json, &ingest;
        if (name == CDR_IFACE_KV) return kv = *static_cast<const cdr_kv*>(table), kv.put = &put, &kv;
        if (name == CDR_IFACE_MAIL)
            return mail = *static_cast<const cdr_mail*>(table), mail.send = &send, &mail;
        return table;
    }

    static inline Killer* now_ = nullptr;
    cdr_host table_{};
    Worker* worker_ = nullptr;
    std::atomic<int> left_;
};

/// One job, in a worker of its own. True when it was ended on the way.
Result<bool> one_try(const Subject& subject, FakeHost& host, const plugin::Route& route,
                     std::uint32_t attempt, int dies_at) {
    Result<std::shared_ptr<Worker>> worker = begin_worker(subject, false);
    if (!worker) return worker.error();
    Killer killer(host, **worker, dies_at);
    Instance instance(Worker::descriptor(), subject, killer.raw(), host);
    instance.lives_in((*worker)->self_of());
    Answer answer = instance.create();
    if (answer.status == CDR_OK) answer = instance.start();
    if (answer.status == CDR_OK)
        answer = instance.submit(route.id, request_json(route, "POST", "key-" + route.id), {}, attempt);
    const bool struck = killer.struck();
    if (struck)
        instance.is_gone();
    else if (answer.status != CDR_OK)
        return Error{ErrorCode::internal, answer.text};
    instance.destroy();
    (*worker)->kill();
    return struck;
}

std::vector<std::string> effects_of(const FakeHost& host) {
    Trace trace;
    note_effects(host, trace);
    return trace.lines;
}

/// A worker that dies at each service it asks for, and the job that comes again: as if nothing had happened.
Verdict deaths(const Subject& subject) {
    if (!subject.manifest.collector) return skipped("it has no jobs");
    int tried = 0;
    for (const plugin::Route& route : subject.manifest.collector->routes) {
        Bench calm(subject);
        const Result<bool> once = one_try(subject, calm.host, route, 1, 1'000'000);
        if (!once && once.error().code == ErrorCode::unavailable) return failed(once.error().message);
        if (!once) continue;  // it refuses this request, which another case looks at
        for (int nth = 1; nth <= 20; ++nth) {
            Bench troubled(subject);
            const Result<bool> died = one_try(subject, troubled.host, route, 1, nth);
            if (!died) return failed("route " + route.id + ": " + died.error().message);
            if (!*died) break;
            ++tried;
            const Result<bool> again = one_try(subject, troubled.host, route, 2, 1'000'000);
            if (!again)
                return failed("route " + route.id +
                              ": the job that comes again fails: " + again.error().message);
            if (effects_of(calm.host) != effects_of(troubled.host))
                return failed("route " + route.id + ": ended at its call " + std::to_string(nth) +
                              " of a service, and tried again, it leaves something else than in one go");
        }
    }
    return tried == 0 ? skipped("its jobs ask the host for nothing that lasts")
                      : passed(std::to_string(tried) + " deaths");
}

}  // namespace

std::vector<Case> worker_cases() {
    return {
        {"worker.same", 5, "in a worker it gives what it gives in process", in_worker},
        {"worker.deaths", 5,
         "a job whose worker dies at any service it asks for is done once when it comes again", deaths},
        {"sandbox.same", 9, "in the production sandbox it gives what it gives in process", in_sandbox},
    };
}

}  // namespace candour::app::tool
