#include "app/cli/teammate_notify.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

/// What makes each kind, for those who choose.
struct Meaning {
    const char* kind;
    const char* words;
};
constexpr Meaning kMeanings[] = {
    {"assignment", "an item is yours"},
    {"customer_answered", "they wrote, answered again, or have seen what came of it"},
    {"reopened", "\"not yet\": another round begins"},
    {"undelivered", "a message about an item did not reach the customer"},
    {"overdue", "a step is late, or nobody has looked"},
    {"due_soon", "a step is due within a working day"},
    {"key_contact", "somebody who matters bounces, leaves or falls silent"},
    {"watching", "any of it, for items a rule lets you watch"},
};

struct Wishes {
    std::string teammate, zone, hour;
    std::vector<std::string> kinds;
    bool zone_given = false, again = false;
};

void print_choices(const boost::json::value& one) {
    std::cout << on_one_line(text_at(one, "name")) << " (" << text_at(one, "email") << ")\n\n";
    Table table({"KIND", "HOW", "WHEN"});
    for (const Meaning& meaning : kMeanings)
        table.row({meaning.kind, text_at(at(one, "kinds"), meaning.kind), meaning.words});
    table.print();
    const std::string zone = text_at(one, "digest_zone");
    if (at(one, "digest_hour").is_null())
        std::cout << "\nno digest\n";
    else
        std::cout << "\ndigest at " << number_at(one, "digest_hour") << ":00"
                  << (zone.empty() ? "" : ", " + zone) << "\n";
    if (const std::string why = text_at(one, "unreachable"); !why.empty())
        std::cout << "\nNothing is sent to this address: " << on_one_line(why)
                  << "\nWhen it works again: candour teammate notify " << text_at(one, "email")
                  << " --write-again\n";
}

/// KIND=HOW, as it was typed.
Done read_kind(const std::string& text, boost::json::object& kinds) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return Error{ErrorCode::invalid,
                     "--set: expected KIND=HOW such as due_soon=now, found \"" + text + "\""};
    kinds[text.substr(0, equals)] = text.substr(equals + 1);
    return done();
}

Result<boost::json::object> body_of(const Wishes& wishes) {
    boost::json::object body, kinds;
    for (const std::string& one : wishes.kinds)
        if (Done read = read_kind(one, kinds); !read) return read.error();
    if (!kinds.empty()) body["kinds"] = std::move(kinds);
    if (wishes.hour == "off") {
        body["digest_hour"] = nullptr;
    } else if (!wishes.hour.empty()) {
        int hour = 0;
        const auto [end, failure] =
            std::from_chars(wishes.hour.data(), wishes.hour.data() + wishes.hour.size(), hour);
        if (failure != std::errc() || end != wishes.hour.data() + wishes.hour.size())
            return Error{ErrorCode::invalid,
                         "--digest: expected an hour from 0 to 23, or off; found \"" + wishes.hour + "\""};
        body["digest_hour"] = hour;
    }
    if (wishes.zone_given) body["digest_zone"] = wishes.zone;
    if (wishes.again) body["write_again"] = true;
    return body;
}

Result<boost::json::value> put(const Api& api, const std::string& target, const boost::json::object& body) {
    http::ClientRequest request;
    request.method = http::Method::put;
    request.target = target;
    request.body = boost::json::serialize(body);
    const Result<http::ClientAnswer> answer = api.send(request);
    if (!answer) return answer.error();
    return value_of_answer(*answer);
}

int notify(const Line& line, const Wishes& wishes) {
    const Result<boost::json::object> body = body_of(wishes);
    if (!body) return fail_usage(body.error().message);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const std::string target = "/api/v1/teammates/" + http::percent_encode(wishes.teammate) + "/notify";
        const Result<boost::json::value> one = body->empty() ? api.get(target) : put(api, target, *body);
        if (!one) return one.error();
        if (line.shared.json)
            print_json(*one);
        else
            print_choices(*one);
        return int{kOk};
    });
}

}  // namespace

void add_teammate_notify(CLI::App& teammate, Line& line) {
    auto wishes = std::make_shared<Wishes>();
    CLI::App& command = add(
        teammate,
        {"notify", "what somebody hears of by mail, and how",
         "Without options it shows what is chosen. Kinds: assignment, customer_answered, reopened, "
         "undelivered, overdue, due_soon, watching, key_contact.\n"
         "How: now (what comes within a few minutes is one mail), digest (once a day), off. Your own choice "
         "needs the scope\nwrite, somebody else's the scope admin.",
         "candour teammate notify ines@example.com\n"
         "candour teammate notify ines@example.com --set due_soon=now --set watching=off --digest 7 --zone "
         "Europe/Berlin\n"
         "candour teammate notify ines@example.com --digest off"});
    command.add_option("TEAMMATE", wishes->teammate, "tea_… or an address")->required();
    command.add_option("--set", wishes->kinds, "KIND=HOW; may be given several times")->type_name("KIND=HOW");
    command.add_option("--digest", wishes->hour, "the hour of the daily digest on their own clock, or off")
        ->type_name("HOUR");
    CLI::Option* zone = command
                            .add_option("--zone", wishes->zone,
                                        "of that clock; \"\" for their calendar's, else the organisation's")
                            ->type_name("ZONE");
    command.add_flag("--write-again", wishes->again, "their address works again after mail to it came back");
    run_by(command, line, [&line, wishes, zone] {
        wishes->zone_given = zone->count() > 0;
        return notify(line, *wishes);
    });
}

}  // namespace candour::app::cli
