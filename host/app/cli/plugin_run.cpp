#include <boost/json.hpp>
#include <cstdio>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_author.hpp"
#include "app/tool/replay.hpp"
#include "app/tool/speed.hpp"
#include "app/tool/validation.hpp"

namespace candour::app::cli {
namespace {

using boost::json::object;

struct RunOptions {
    std::filesystem::path plugin, replay;
    std::string mode = "in_process";
    std::vector<std::string> modes{"in_process", "worker", "sandbox"};
    std::size_t rows = 1'000'000;
};

plugin::Mode mode_called(const std::string& name) {
    return core::value_of(plugin::kModes, name).value_or(plugin::Mode::in_process);
}

void print_replay(const Line& line, const std::vector<tool::Replayed>& calls,
                  const std::vector<tool::Effect>& effects) {
    boost::json::array answers, left;
    for (const tool::Replayed& call : calls)
        answers.push_back(object{{"file", call.file},
                                 {"slot", call.answer.slot},
                                 {"status", call.answer.status},
                                 {"answer", call.answer.text}});
    for (const tool::Effect& effect : effects)
        left.push_back(object{{"kind", effect.kind}, {"name", effect.name}, {"content", effect.content}});
    if (line.shared.json) return print_json(object{{"calls", answers}, {"effects", left}});
    for (const tool::Replayed& call : calls)
        std::cout << call.file << ": " << call.answer.slot << " → "
                  << (call.answer.status == CDR_OK ? "ok"
                                                   : std::string(to_text(sdk::to_code(call.answer.status))))
                  << " " << on_one_line(call.answer.text) << "\n";
    if (!effects.empty()) std::cout << "\nIt left with its host:\n";
    for (const tool::Effect& effect : effects)
        std::cout << "  " << effect.kind << "  " << on_one_line(effect.name) << "  "
                  << on_one_line(effect.content) << "\n";
}

int run(const Line& line, const RunOptions& options) {
    const Result<tool::Subject> subject = tool::subject_at(options.plugin, 1);
    if (!subject) return fail(subject.error());
    const Result<std::unique_ptr<tool::Place>> place = tool::Place::open(*subject, mode_called(options.mode));
    if (!place) return fail(place.error());
    const Result<std::vector<tool::Replayed>> calls = tool::replay(**place, options.replay);
    if (!calls) return fail(calls.error());
    print_replay(line, *calls, tool::effects_of((*place)->host()));
    return kOk;
}

std::string rounded(const std::optional<double>& value, const char* format = "%.0f") {
    if (!value) return "";
    char text[64];
    std::snprintf(text, sizeof text, format, *value);
    return text;
}

boost::json::value number_or_null(const std::optional<double>& value) {
    return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

int bench(const Line& line, const RunOptions& options) {
    const Result<tool::Subject> subject = tool::subject_at(options.plugin, 1);
    if (!subject) return fail(subject.error());
    boost::json::array all;
    Table table({"MODE", "START ms", "EVENT us", "ROWS/s", "ANSWERS/s", "TROUBLE"});
    bool good = true;
    for (const std::string& mode : options.modes) {
        const tool::Speed speed = tool::measure(*subject, mode_called(mode), options.rows);
        good = good && speed.trouble.empty();
        all.push_back(object{{"mode", speed.mode},
                             {"start_ms", speed.start_ms},
                             {"event_us", speed.event_us},
                             {"rows_per_second", number_or_null(speed.rows_per_second)},
                             {"answers_per_second", number_or_null(speed.answers_per_second)},
                             {"trouble", speed.trouble}});
        table.row({speed.mode, rounded(speed.start_ms, "%.1f"), rounded(speed.event_us, "%.1f"),
                   rounded(speed.rows_per_second), rounded(speed.answers_per_second), speed.trouble});
    }
    if (line.shared.json)
        print_json(object{{"speeds", all}});
    else
        table.print();
    return good ? kOk : kFailed;
}

}  // namespace

void add_plugin_running(CLI::App& plugin, Line& line) {
    auto options = std::make_shared<RunOptions>();
    CLI::App& command =
        add(plugin, {"run", "send a folder of requests through a plugin, without a host",
                     "The plugin gets a host in memory that grants what the manifest asks for. Each *.json "
                     "is one call, each *.eml a mail:\n"
                     "{\"call\": \"submit\", \"route\": \"mood\", \"request\": {\"form\": {\"score\": "
                     "\"7\"}, \"key\": \"k1\"}}; also view, event "
                     "(kind, payload),\ndeliver (message), compose (kind, language), evaluate (signal, "
                     "snapshot). What it answers and leaves is shown.",
                     "candour plugin run build/plugins/acme-mood --replay fixtures\n"
                     "candour plugin run build/plugins/acme-mood --replay fixtures --mode sandbox --json"});
    command.add_option("PLUGIN", options->plugin, "its folder, or its library beside manifest.json")
        ->required();
    command.add_option("--replay", options->replay, "the folder")->required()->type_name("FOLDER");
    command.add_option("--mode", options->mode, "in_process, worker or sandbox; without it: in_process")
        ->check(CLI::IsMember({"in_process", "worker", "sandbox"}))
        ->type_name("MODE");
    run_by(command, line, [&line, options] { return run(line, *options); });

    CLI::App& speed = add(
        plugin,
        {"bench", "how fast a plugin is, in process and in a worker",
         "Start: from nothing to serving. Event: a call without work, the median. Rows: through unit of its "
         "first metric.\nAnswers: forms through its first route that takes them. A busy machine is slower.",
         "candour plugin bench build/plugins/acme-csat --rows 10000000"});
    speed.add_option("PLUGIN", options->plugin, "its folder, or its library beside manifest.json")
        ->required();
    speed.add_option("--rows", options->rows, "of contacts; without it: 1000000")
        ->check(CLI::Range(4096, 1'000'000'000))
        ->type_name("NUMBER");
    speed.add_option("--mode", options->modes, "only there")
        ->check(CLI::IsMember({"in_process", "worker", "sandbox"}))
        ->type_name("MODE");
    run_by(speed, line, [&line, options] { return bench(line, *options); });
}

}  // namespace candour::app::cli
