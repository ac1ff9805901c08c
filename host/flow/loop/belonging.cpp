#include "flow/loop/belonging.hpp"

#include "core/feedback/text.hpp"

namespace candour::flow {
namespace {

constexpr int kOwnedPage = 1'000;

}  // namespace

Task<Result<core::Item>> Belonging::merge(Aim from, ItemRef into, std::string actor, std::string note) {
    const core::Act act{std::move(actor), clock_.now()};
    auto merging = items_.merge(std::move(from), std::move(into), act, std::move(note));
    Result<core::Item> item = co_await std::move(merging);
    co_return item;
}

Task<Result<std::vector<Aim>>> Belonging::all_of(std::string teammate) {
    std::vector<Aim> all;
    for (;;) {
        auto reading = items_.owned_by(teammate, all.empty() ? 0 : all.back().item.number, kOwnedPage);
        Result<std::vector<Aim>> page = co_await std::move(reading);
        if (!page) co_return page.error();
        all.insert(all.end(), page->begin(), page->end());
        if (page->size() < static_cast<std::size_t>(kOwnedPage)) co_return all;
    }
}

Task<Result<HandOverReport>> Belonging::hand_over(HandOver wanted) {
    if (wanted.from == wanted.to)
        co_return Error{ErrorCode::invalid, "to: expected another teammate, found the same one"};
    if (Done words = core::check_text("note", wanted.note); !words) co_return words.error();
    auto reading = all_of(wanted.from);
    Result<std::vector<Aim>> owned = co_await std::move(reading);
    if (!owned) co_return owned.error();
    HandOverReport report;
    const core::Act act{wanted.doer.id, clock_.now()};
    // First the accounts: what is raised from now on is the other one's already.
    auto giving = care_.hand_over_accounts(wanted.from, wanted.to, wanted.doer, act.at, wanted.dry_run);
    Result<int> accounts = co_await std::move(giving);
    if (!accounts) co_return accounts.error();
    report.accounts = *accounts;
    auto promising = commitments_.hand_over(wanted.from, wanted.to, act, wanted.note, wanted.dry_run);
    Result<int> promises = co_await std::move(promising);
    if (!promises) co_return promises.error();
    report.commitments = *promises;
    report.items.dry_run = wanted.dry_run;
    if (wanted.dry_run) {
        for (const Aim& aim : *owned) report.items.done.push_back(aim.item);
        co_return report;
    }
    // Whose it is does not depend on how far it has come: a step taken meanwhile is no reason to leave it
    // behind.
    for (Aim& aim : *owned) aim.seen_version = kNotSeen;
    Decide decide = [act, from = wanted.from, to = wanted.to,
                     note = wanted.note](const core::Item& item) -> Result<core::Step> {
        if (item.owner != from) return core::Step{};
        return core::hand_on(item, act, to, note);
    };
    auto advancing = advance_many(items_, std::move(*owned), std::move(decide));
    Result<ManyReport> handed = co_await std::move(advancing);
    if (!handed) co_return handed.error();
    report.items = std::move(*handed);
    co_return report;
}

}  // namespace candour::flow
