
#include "app/tool/exercise.hpp"
#include "app/tool/footprint.hpp"
#include "app/tool/lent.hpp"

namespace candour::app::tool {
namespace {

namespace fs = std::filesystem;

/// Runs `use` on the loaded library.
template <class Use>
Verdict with_plugin(const Subject& subject, Use use) {
    const Result<const cdr_plugin*> plugin = load(subject);
    return plugin ? use(*plugin) : failed(plugin.error().message);
}

Verdict many(const Subject& subject) {
    return with_plugin(subject, [&](const cdr_plugin* plugin) {
        Bench bench(subject);
        const auto round = [&](int times) {
            for (int i = 0; i < times; ++i) {
                Instance instance(plugin, subject, bench.host.raw(), bench.host);
                if (const Answer created = instance.create(); created.status != CDR_OK) return created.text;
            }
            return std::string();
        };
        if (const std::string wrong = round(100); !wrong.empty()) return failed("create: " + wrong);
        const std::size_t memory = resident_kib(), files = count_in("/proc/self/fd"),
                          threads = count_in("/proc/self/task");
        if (const std::string wrong = round(900); !wrong.empty()) return failed("create: " + wrong);
        if (count_in("/proc/self/fd") > files) return failed("each instance leaves a file open");
        if (count_in("/proc/self/task") > threads) return failed("each instance leaves a thread behind");
        const std::size_t grown = resident_kib() > memory ? resident_kib() - memory : 0;
        return grown < 4096 ? passed()
                            : failed("900 instances that were destroyed left " + std::to_string(grown) +
                                     " KiB behind");
    });
}

Verdict two(const Subject& subject) {
    return with_plugin(subject, [&](const cdr_plugin* plugin) {
        Bench left(subject), right(subject);
        Instance first(plugin, subject, left.host.raw(), left.host),
            second(plugin, subject, right.host.raw(), right.host);
        for (Instance* one : {&first, &second}) {
            if (const Answer created = one->create(); created.status != CDR_OK)
                return failed("create: " + created.text);
            if (const Answer started = one->start(); started.status != CDR_OK)
                return failed("start: " + started.text);
        }
        first.destroy();
        for (const Answer& answer : second.everything())
            if (!answer.refused.empty()) return failed(answer.slot + ": " + answer.refused);
        return passed();
    });
}

Verdict unstarted(const Subject& subject) {
    return with_plugin(subject, [&](const cdr_plugin* plugin) {
        Bench bench(subject);
        Instance instance(plugin, subject, bench.host.raw(), bench.host);
        if (const Answer created = instance.create(); created.status != CDR_OK)
            return failed("create: " + created.text);
        bench.host.stopped = true;
        instance.destroy();
        return bench.host.offences.empty() ? passed()
                                           : failed("destroy calls the host: " + bench.host.offences.front());
    });
}

Verdict stops(const Subject& subject) {
    return with_plugin(subject, [&](const cdr_plugin* plugin) {
        Bench bench(subject);
        const std::size_t threads = count_in("/proc/self/task");
        Instance instance(plugin, subject, bench.host.raw(), bench.host);
        if (const Answer created = instance.create(); created.status != CDR_OK)
            return failed("create: " + created.text);
        if (const Answer started = instance.start(); started.status != CDR_OK)
            return failed("start: " + started.text);
        (void)instance.everything();
        const auto began = std::chrono::steady_clock::now();
        const Answer stopped = instance.stop();
        const auto took = std::chrono::steady_clock::now() - began;
        if (stopped.status != CDR_OK) return failed("stop: " + stopped.text);
        if (took > subject.manifest.limits.stop)
            return failed("stop took longer than stop_timeout_ms of the manifest");
        if (count_in("/proc/self/task") > threads) return failed("a thread of it still runs after stop");
        instance.destroy();
        return bench.host.offences.empty()
                   ? passed()
                   : failed("it calls the host after stop: " + bench.host.offences.front());
    });
}

Verdict unknown_ids(const Subject& subject) {
    return with_plugin(subject, [&](const cdr_plugin* plugin) {
        Bench bench(subject);
        Instance instance(plugin, subject, bench.host.raw(), bench.host);
        if (const Answer created = instance.create(); created.status != CDR_OK)
            return failed("create: " + created.text);
        for (const std::string base :
             {CDR_ROLE_COLLECTOR, CDR_ROLE_DELIVERER, CDR_ROLE_METRIC, CDR_ROLE_SIGNAL, CDR_ROLE_CAMPAIGN})
            for (const std::string& id :
                 {base + "0", base + std::string(1, '\0'), base.substr(0, base.size() - 1), "x" + base}) {
                const Lent lent(id);
                if (instance.query(lent.text()))
                    return failed("query answers to \"" + base + "\" with another end or beginning");
            }
        return passed();
    });
}

}  // namespace

std::vector<Case> life_cases() {
    return {
        {"life.many", 2, "a thousand instances come and go without a trace", many},
        {"life.two", 2, "two instances live side by side", two},
        {"life.unstarted", 2, "an instance that was never started is destroyed without asking the host",
         unstarted},
        {"life.stop", 2, "stop is in time, and afterwards no thread runs and the host is called no more",
         stops},
        {"query.unknown", 2, "query knows no role by a name that is almost right", unknown_ids},
    };
}

}  // namespace candour::app::tool
