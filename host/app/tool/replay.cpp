#include "app/tool/replay.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>

namespace candour::app::tool {
namespace {

namespace fs = std::filesystem;
namespace bj = boost::json;

std::string text_at(const bj::object& call, std::string_view key) {
    const bj::value* value = call.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}
/// A document within the call, "{}" without one.
std::string part_of(const bj::object& call, std::string_view key) {
    const bj::value* value = call.if_contains(key);
    return value ? bj::serialize(*value) : "{}";
}

Result<Answer> one_call(Instance& instance, const bj::object& call, const plugin::Manifest& manifest) {
    const std::string what = text_at(call, "call"), kind = text_at(call, "kind");
    const auto lacks = [&what](const char* role) {
        return Error{ErrorCode::invalid, what + ": the plugin has not the role " + role};
    };
    if (what == "view" || what == "submit") {
        if (!manifest.collector) return lacks("collector");
        const std::string route = text_at(call, "route"), request = part_of(call, "request");
        return what == "view" ? instance.view(route, request)
                              : instance.submit(route, request, text_at(call, "body"));
    }
    if (what == "event") return instance.event(kind, part_of(call, "payload"));
    if (what == "deliver")
        return manifest.channels.empty() ? Result<Answer>(lacks("deliverer"))
                                         : instance.deliver(part_of(call, "message"));
    if (what == "compose")
        return manifest.campaign_kinds.empty() ? Result<Answer>(lacks("campaign"))
                                               : instance.compose(kind, text_at(call, "language"));
    if (what == "evaluate")
        return manifest.signals.empty()
                   ? Result<Answer>(lacks("signal"))
                   : instance.evaluate(text_at(call, "signal"), part_of(call, "snapshot"));
    return Error{
        ErrorCode::invalid,
        "expected \"call\" to be view, submit, event, deliver, compose or evaluate, found \"" + what + "\""};
}

Result<Answer> one_file(Place& place, const fs::path& file, const plugin::Manifest& manifest) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (file.extension() == ".eml") {
        if (manifest.collector && manifest.collector->mail) return place.instance().mail(bytes);
        return Error{ErrorCode::invalid, "the plugin reads no mail"};
    }
    bj::error_code ec;
    const bj::value call = bj::parse(bytes, ec);
    if (ec || !call.is_object())
        return Error{ErrorCode::invalid, "expected a JSON object with \"call\", found something else"};
    return one_call(place.instance(), call.get_object(), manifest);
}

}  // namespace

Result<std::vector<Replayed>> replay(Place& place, const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code ec;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ec))
        if (entry.path().extension() == ".json" || entry.path().extension() == ".eml")
            files.push_back(entry.path());
    if (files.empty())
        return Error{ErrorCode::not_found,
                     folder.string() + ": expected a folder with *.json or *.eml, found none of them"};
    std::ranges::sort(files);
    std::vector<Replayed> all;
    for (const fs::path& file : files) {
        Result<Answer> answer = one_file(place, file, place.instance().manifest());
        if (!answer) return Error{answer.error().code, file.string() + ": " + answer.error().message};
        all.push_back({file.filename().string(), *std::move(answer)});
    }
    return all;
}

std::vector<Effect> effects_of(const sdk::testing::FakeHost& host) {
    std::vector<Effect> effects;
    for (const auto& fact : host.facts) effects.push_back({"fact", fact.stream + " " + fact.key, fact.json});
    for (const auto& [key, entry] : host.documents) effects.push_back({"document", key, entry.value});
    for (const auto& [id, timer] : host.timers) effects.push_back({"timer", id, timer.payload});
    for (const auto& mail : host.mails) effects.push_back({"mail", mail.contact, mail.document});
    for (const auto& fetch : host.fetches) effects.push_back({"fetch", fetch.request, fetch.body});
    for (const auto& line : host.lines)
        effects.push_back({"log", std::to_string(static_cast<int>(line.level)), line.message});
    return effects;
}

}  // namespace candour::app::tool
