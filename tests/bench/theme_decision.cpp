/// How long one command for a whole theme takes: every item gets its own ledger event, promise and version.
///     theme_decision [ITEMS]
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "edge/store/contract/world.hpp"

namespace candour::bench {
namespace {

using namespace std::chrono_literals;
using store::contract::World;

std::vector<flow::ItemRef> raise(World& world, int count) {
    const core::Contact contact = world.customer();
    std::vector<flow::ItemRef> items;
    while (static_cast<int>(items.size()) < count) {
        std::vector<core::Observation> answers;
        for (int i = 0; i < 500 && static_cast<int>(items.size() + answers.size()) < count; ++i)
            answers.push_back(World::answer(contact, "k" + std::to_string(items.size() + answers.size())));
        for (const flow::Accepted& accepted : world.accept(std::move(answers)))
            items.push_back({accepted.item, 0});
    }
    return items;
}

/// Wall time of the whole command.
void report(const char* what, std::chrono::steady_clock::time_point begin,
            const Result<flow::ThemeReport>& done) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!done) return void(std::printf("  %-12s failed: %s\n", what, done.error().message.c_str()));
    std::printf("  %-12s %6.2f s   %zu done, %zu left out   goal for 10 000: 5 s\n", what, seconds,
                done->items.done.size(), done->items.left_out.size());
}

void measure(const char* name, store::Dialect dialect, int count) {
    World world(dialect);
    std::printf("%s, %d items of one theme\n", name, count);
    const auto items = raise(world, count);
    flow::ThemeCommand command;
    command.actor = "tea_grace";
    command.theme = {world.run(world.themes.open("Exports", "tea_grace"))->theme.id, 0};
    const core::Decision decision{true, "We rebuild it", "It fails", "", "", world.clock.now() + 240h, false};
    auto begin = std::chrono::steady_clock::now();
    report("add", begin, world.run(world.themes.add(command, items)));
    begin = std::chrono::steady_clock::now();
    report("hear", begin, world.run(world.themes.hear(command, "Large exports time out", false)));
    begin = std::chrono::steady_clock::now();
    report("decide", begin, world.run(world.themes.decide(command, decision)));
    begin = std::chrono::steady_clock::now();
    report("change", begin, world.run(world.themes.change(command, "It runs in the background", "", {})));
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    const int items = count > 1 ? std::atoi(arguments[1]) : 10'000;
    candour::bench::measure("SQLite", candour::store::Dialect::sqlite, items);
    candour::bench::measure("PostgreSQL", candour::store::Dialect::postgresql, items);
}
