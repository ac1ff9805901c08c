#include "app/cli/statement_options.hpp"

#include <boost/json.hpp>

#include "app/cli/item_steps.hpp"

namespace candour::app::cli {
namespace {

using Field = std::pair<const char*, const std::string*>;

void add_given(boost::json::object& body, std::initializer_list<Field> fields) {
    for (const auto& [name, value] : fields)
        if (!value->empty()) body[name] = *value;
}

}  // namespace

void add_decision_options(CLI::App& command, DecisionWords& words) {
    auto* yes = command.add_flag("--change", words.change, "something will change; needs --by");
    command.add_flag("--no-change", words.no_change, "nothing will change; needs --why")->excludes(yes);
    add_words(command, "--text", words.text, "what was decided; @FILE reads a file, - standard input")
        ->required();
    add_words(command, "--why", words.why, "the reason, as the customer reads it");
    add_words(command, "--trade-off", words.trade_off, "what it costs, or what is not done for it");
    command.add_option("--by", words.by, "until when the change is promised")->type_name("YYYY-MM-DD");
    command
        .add_option("--decided-by", words.decided_by, "the name that the customer reads; yours when left out")
        ->type_name("NAME");
    command.add_flag("--our-failure", words.our_failure,
                     "the fault was ours: the change will owe what went wrong, what we learned, how it is "
                     "prevented");
}

Result<boost::json::object> body_of(const DecisionWords& words) {
    if (words.change == words.no_change)
        return Error{ErrorCode::invalid,
                     "expected --change or --no-change: will something change? --help shows both"};
    if (words.change && words.by.empty())
        return Error{ErrorCode::invalid,
                     "--by: expected the date until which the change is promised, such as --by 2027-03-31"};
    if (words.no_change && words.why.empty())
        return Error{ErrorCode::invalid,
                     "--why: expected the reason; it is what the customer is told when nothing changes"};
    boost::json::object body{{"will_change", words.change}, {"text", words.text}};
    add_given(body, {{"why", &words.why},
                     {"trade_off", &words.trade_off},
                     {"decided_by", &words.decided_by},
                     {"by", &words.by}});
    if (words.our_failure) body["our_failure"] = true;
    return body;
}

void add_change_options(CLI::App& command, ChangeWords& words) {
    add_words(command, "--text", words.text, "what changed; @FILE reads a file, - standard input")
        ->required();
    command.add_option("--link", words.link, "where it can be seen")->type_name("URL");
    add_words(command, "--went-wrong", words.went_wrong, "what went wrong, when the fault was ours");
    add_words(command, "--learned", words.learned, "what we learned from it");
    add_words(command, "--prevention", words.prevention, "how we make sure that it does not happen again");
}

boost::json::object body_of(const ChangeWords& words) {
    boost::json::object body{{"text", words.text}}, failure;
    add_given(body, {{"link", &words.link}});
    add_given(
        failure,
        {{"went_wrong", &words.went_wrong}, {"learned", &words.learned}, {"prevention", &words.prevention}});
    if (!failure.empty()) body["failure"] = std::move(failure);
    return body;
}

}  // namespace candour::app::cli
