#include <random>

#include "app/tool/exercise.hpp"
#include "app/tool/plausible.hpp"

namespace candour::app::tool {
namespace {

std::string noise(std::mt19937_64& random, std::size_t size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

/// Documents that are odd in ways which people and machines really send.
std::vector<std::string> odd_documents() {
    std::string deep(20'000, '[');
    return {"",
            "{}",
            "[]",
            "null",
            "{",
            "\"",
            deep,
            "{\"form\":" + deep,
            R"({"form":{"a":""},"key":""})",
            R"({"form":{"a":"-1"},"key":"k"})",
            R"({"form":{"a":"99999999999999999999"},"key":"k"})",
            R"({"form":{"a":"9","comment":")" + std::string(200'000, 'x') + R"("},"key":"k"})",
            R"({"form":{"a":"9","comment":"\ud83d\ude00 \u202e \"<script>"},"key":"k","subject":null})",
            R"({"id":"","channel":"","recipient":"","content":null,"attempt":0})"};
}

std::string mutated(std::string text, std::mt19937_64& random) {
    for (int i = 0; i < 3 && !text.empty(); ++i) {
        const std::size_t at = random() % text.size();
        switch (random() % 4) {
            case 0:
                text[at] = static_cast<char>(' ' + random() % 95);
                break;
            case 1:
                text.erase(at, 1 + random() % 8);
                break;
            case 2:
                text.insert(at, text.substr(random() % text.size(), 16));
                break;
            default:
                text.resize(at);
                break;
        }
    }
    return text;
}

/// Calls `each` on a running instance; the first thing that an answer breaks is the verdict.
template <class Each>
Verdict on_each_answer(const Subject& subject, Each each) {
    return on_running(subject, [&](Bench&, Instance& instance) {
        std::string wrong;
        int asked = 0;
        each(instance, [&](const Answer& answer) {
            ++asked;
            if (wrong.empty() && !answer.refused.empty()) wrong = answer.slot + ": " + answer.refused;
        });
        if (asked == 0) return skipped("its roles read no such input");
        return wrong.empty() ? passed(std::to_string(asked) + " calls") : failed(wrong);
    });
}

template <class Look>
void ask_with(Instance& instance, const Subject& subject, const std::string& document, Look look) {
    if (subject.manifest.collector)
        for (const plugin::Route& route : subject.manifest.collector->routes) {
            look(instance.view(route.id, document));
            look(instance.submit(route.id, document, {}));
        }
    if (!subject.manifest.channels.empty()) look(instance.deliver(document));
    for (const plugin::SignalSpec& signal : subject.manifest.signals)
        look(instance.evaluate(signal.id, document));
    look(instance.event("candour.validate", document));
}

Verdict documents(const Subject& subject) {
    return on_each_answer(subject, [&](Instance& instance, auto look) {
        for (const std::string& document : odd_documents()) ask_with(instance, subject, document, look);
    });
}

Verdict bodies(const Subject& subject) {
    return on_each_answer(subject, [&](Instance& instance, auto look) {
        if (!subject.manifest.collector) return;
        std::mt19937_64 random(subject.seed);
        for (const plugin::Route& route : subject.manifest.collector->routes)
            for (const std::string& body :
                 {std::string(), std::string(1, '\0'), std::string("\xff\xfe\xc0\xaf"), noise(random, 4096),
                  noise(random, route.max_body)})
                look(instance.submit(route.id, request_json(route, "POST", "key"), body));
    });
}

Verdict mails(const Subject& subject) {
    return on_each_answer(subject, [&](Instance& instance, auto look) {
        if (!subject.manifest.collector || !subject.manifest.collector->mail) return;
        std::mt19937_64 random(subject.seed);
        std::string nested;
        for (int i = 0; i < 200; ++i)
            nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
                      std::to_string(i) + "\r\n";
        for (const std::string& mail : {std::string(), std::string("\r\n\r\n"), noise(random, 3 << 20),
                                        nested, "Subject: " + std::string(1 << 20, 'a') + "\r\n\r\n",
                                        std::string("From: \xff\xfe\r\n\r\n\xc0\xaf")})
            look(instance.mail(mail));
    });
}

Verdict fuzz(const Subject& subject) {
    return on_each_answer(subject, [&](Instance& instance, auto look) {
        std::mt19937_64 random(subject.seed);
        plugin::Route route;
        route.path = "/{any}";
        const std::string sound = request_json(route, "POST", "key");
        for (int i = 0; i < 400; ++i) ask_with(instance, subject, mutated(sound, random), look);
    });
}

Verdict names(const Subject& subject) {
    return on_each_answer(subject, [&](Instance& instance, auto look) {
        std::mt19937_64 random(subject.seed);
        for (const std::string& name : {std::string(), std::string("no such thing"), std::string(4096, 'n'),
                                        std::string("\xe2\x80\xae")}) {
            if (subject.manifest.collector && !subject.manifest.collector->routes.empty())
                look(instance.view(name, "{}"));
            for (const std::string& kind : subject.manifest.campaign_kinds)
                look(instance.compose(kind, name));
            if (!subject.manifest.campaign_kinds.empty()) look(instance.compose(name, "en"));
            look(instance.event(name, "{}"));
        }
    });
}

Verdict cells(const Subject& subject) {
    return on_each_answer(subject, [&](Instance& instance, auto look) {
        using Cells = std::vector<std::int64_t>;
        const std::int64_t most = INT64_MAX, least = INT64_MIN;
        for (const plugin::MetricSpec& metric : subject.manifest.metrics) {
            const Cells rows = rows_of(metric, 20'000, 3, subject.seed);
            for (const Cells& ask :
                 {Cells{0, 4, 20'100}, Cells{3, 1, 20'100}, Cells{-1, 1, 0}, Cells{0, -1, 0},
                  Cells{most, most, 0}, Cells{1, most, 0}, Cells{0, least, least}, Cells{0}})
                look(metric.tallies.empty() ? instance.unit(metric.id, rows, ask)
                                            : instance.movements(metric.tallies, rows, ask));
            for (const Cells& groups :
                 {Cells{}, Cells{0}, Cells{0, 0, -1}, Cells{most, least, most, least, most}})
                look(metric.tallies.empty() ? instance.finalize(metric.id, groups)
                                            : instance.summarise(metric.id, groups));
        }
    });
}

Verdict events(const Subject& subject) {
    if (subject.manifest.events.empty()) return skipped("it wants to hear of none");
    return on_running(subject, [&](Bench&, Instance& instance) {
        for (const std::string& kind : subject.manifest.events)
            for (int time = 0; time < 2; ++time) {
                const Answer answer = instance.event(kind, plausible_event(kind));
                if (!answer.refused.empty()) return failed(answer.slot + ": " + answer.refused);
                if (answer.status != CDR_OK) return failed(kind + ": " + answer.text);
            }
        return passed(std::to_string(subject.manifest.events.size()) + " kinds");
    });
}

}  // namespace

std::vector<Case> input_cases() {
    return {
        {"input.documents", 4, "odd documents break nothing: empty, cut off, 20,000 levels deep, 200 KB long",
         documents},
        {"input.bodies", 4, "a body may be any bytes up to max_body", bodies},
        {"input.mails", 4, "a mail may be any bytes", mails},
        {"input.names", 4, "names that nobody declared are refused, not followed", names},
        {"input.events", 4, "the events that the manifest lists are taken, also when they come twice",
         events},
        {"input.cells", 4, "rows, evaluations and groups that do not fit together are refused", cells},
        {"input.fuzz", 4, "requests with random damage break nothing", fuzz},
    };
}

}  // namespace candour::app::tool
