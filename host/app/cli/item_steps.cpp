#include "app/cli/item_steps.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/item_view.hpp"
#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

std::string state_words(const boost::json::value& item) {
    std::string state = text_at(item, "state");
    if (state == "visibly_closed") state = "visibly closed";
    return text_at(item, "alias") + " is " + state +
           (flag_at(item, "sending") ? ", its closing message is being sent" : "") + " (version " +
           std::to_string(number_at(item, "version")) + ").";
}

/// The body with what `words` names read from where it says.
Done read_words_in(boost::json::object& body) {
    for (auto& [key, value] : body) {
        if (auto* inner = value.if_object()) {
            if (Done read = read_words_in(*inner); !read) return read;
        } else if (const auto* text = value.if_string()) {
            const Result<std::string> words = read_text(std::string(*text));
            if (!words) return words.error();
            value = *words;
        }
    }
    return done();
}

}  // namespace

void take_aim(CLI::App& command, Aim& aim) {
    command.add_option("ITEM", aim.item, "itm_… or LP-187")->required();
    command
        .add_option_function<std::int64_t>(
            "--version", [&aim](const std::int64_t& version) { aim.version = version; },
            "the version you looked at: refused when somebody was faster; else the item is read first")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
}

CLI::Option* add_words(CLI::App& command, const char* name, std::string& into, const char* description) {
    return command.add_option(name, into, description)->type_name("TEXT");
}

Done read_words(boost::json::object& body) {
    return read_words_in(body);
}

int step(const Line& line, const Aim& aim, const char* name, boost::json::object body) {
    return step(line, aim, name, std::move(body), [](const boost::json::value& item) {
        if (const std::string next = next_step(item); !next.empty()) std::cout << "Next: " << next << "\n";
    });
}

int step(const Line& line, const Aim& aim, const char* name, boost::json::object body,
         const std::function<void(const boost::json::value&)>& afterword) {
    if (Done read = read_words(body); !read) return fail(read.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> item = give_step(api, aim, name, body);
        if (!item) return item.error();
        if (line.shared.json) {
            print_json(*item);
        } else {
            std::cout << state_words(*item) << "\n";
            afterword(*item);
        }
        return int{kOk};
    });
}

}  // namespace candour::app::cli
