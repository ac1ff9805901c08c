/// One decision for many items. What is said to all of them stands on the theme's ledger, what each customer
/// is told on their own item's.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/loop/theme.hpp"
#include "core/policies.hpp"
#include "flow/clock.hpp"
#include "flow/loop/many.hpp"

namespace candour::flow {

/// A theme is called by its id or by what people say: thm_… or TH-3.
struct ThemeRef {
    core::ThemeId id;
    std::int64_t number = 0;
    /// Errors: invalid, showing both forms.
    static Result<ThemeRef> parse(std::string_view text);
};

/// How far its items have come. What is visibly closed counts as told, what is confirmed as seen.
struct ThemeView {
    core::Theme theme;
    std::int64_t number = 0;
    std::int64_t items = 0, told = 0, seen = 0, confirmed = 0, closed = 0;
};

struct ThemeMember {
    core::Item item;
    std::int64_t number = 0;
    std::string account_name, contact_name;
};

class ThemeStore {
 public:
    virtual ~ThemeStore() = default;
    /// Appends to the theme's ledger; `seen_version` kNotSeen asks for none. A theme without an id is a new
    /// one. Errors: not_found, conflict when somebody was faster.
    virtual Task<Result<ThemeView>> say(ThemeRef theme, core::ThemeEntry entry, int seen_version) = 0;
    /// Newest first, below `before` when that is not 0. Whoever `sees` (flow::Sight) not everything finds
    /// themes with items of theirs, and those alone are counted.
    virtual Task<Result<std::vector<ThemeView>>> themes(std::int64_t before, int limit,
                                                        std::string sees = {}) = 0;
    virtual Task<Result<ThemeView>> theme(ThemeRef ref, std::string sees = {}) = 0;
    /// By pages in the order of their numbers.
    virtual Task<Result<std::vector<ThemeMember>>> members(core::ThemeId theme, std::int64_t after, int limit,
                                                           std::string sees = {}) = 0;
};

struct ThemeCommand {
    ThemeRef theme;
    std::string actor;
    int seen_version = kNotSeen;  ///< of the theme
    std::optional<std::vector<Aim>>
        only;  ///< these of its items, as they were seen; else all, as they are now
    bool dry_run = false;
};

struct ThemeReport {
    ThemeView theme;
    ManyReport items;
    core::Instant cancel_until = core::kNever;  ///< after telling: so long all of it can be taken back
};

class Themes {
 public:
    Themes(ThemeStore& themes, ManyItems& items, const Clock& clock,
           std::shared_ptr<const core::Policies> policies)
        : themes_(themes), items_(items), clock_(clock), policies_(std::move(policies)) {}

    /// Errors: invalid without a title.
    Task<Result<ThemeView>> open(std::string title, std::string actor);
    Task<Result<ThemeReport>> add(ThemeCommand command, std::vector<ItemRef> items);
    Task<Result<ThemeReport>> remove(ThemeCommand command, std::vector<ItemRef> items);
    /// All of them: items that the step does not fit are left out with the reason, and so is one that moved
    /// meanwhile. Given again, it goes on where it ended. Errors: not_found, invalid (the words), conflict (a
    /// stale theme).
    Task<Result<ThemeReport>> hear(ThemeCommand command, std::string text, bool mail);
    Task<Result<ThemeReport>> decide(ThemeCommand command, core::Decision decision);
    Task<Result<ThemeReport>> change(ThemeCommand command, std::string text, std::string link,
                                     core::FailureTexts failure);
    Task<Result<ThemeReport>> tell(ThemeCommand command);
    /// Takes back what was not sent yet.
    Task<Result<ThemeReport>> undo(ThemeCommand command);

 private:
    using Rule = std::function<Result<core::Step>(const core::Item&, const core::Act&)>;
    Task<Result<ThemeReport>> give(ThemeCommand command, core::ThemeEntry entry, Rule rule);
    Task<Result<ThemeReport>> gather(ThemeCommand command, std::vector<ItemRef> items, bool joins);
    Task<Result<std::vector<ThemeMember>>> members_of(core::ThemeId theme);
    core::ThemeEntry entry_of(core::ThemeEvent event, const ThemeCommand& command,
                              core::Content content) const;

    ThemeStore& themes_;
    ManyItems& items_;
    const Clock& clock_;
    std::shared_ptr<const core::Policies> policies_;
};

}  // namespace candour::flow
