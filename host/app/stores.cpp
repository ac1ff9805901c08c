#include "app/stores.hpp"

#include "crypto/digest.hpp"

namespace candour::app {
namespace {

/// This writer's slot in shared counters; another host on the same database almost always has another one.
int shard_of_this_process() {
    const std::string random = crypto::random_bytes(1);
    return static_cast<unsigned char>(random[0]) % 64;
}

}  // namespace

Stores::Stores(boost::asio::io_context& io, const flow::Clock& clock, const Config& config,
               std::shared_ptr<const core::Policies> policies, const store::Target& target)
    : database(io, target),
      items(database),
      many_items(database),
      themes(database),
      commitments(database),
      calendars(database, config.policies.zone),
      reminders(database, policies),
      team_mail(database, policies),
      journal(database, clock, policies, shard_of_this_process()),
      dead_letters(database),
      outbox(database, clock, config.policies.soft_bounces),
      links(database, clock),
      relationships(database, config.policies.zone),
      known_facts(database),
      imported_people(database),
      plugin_state(database, clock),
      plugin_configs(database),
      packages(database),
      signals(database),
      tokens(database),
      repeats(database),
      users(database),
      audit(database),
      sights(database),
      brand(database),
      first_steps(database),
      rule_book(database),
      directory(database, config.policies.zone),
      accounts(database),
      answers(database),
      open_drafts(database),
      exports(database),
      changes(database),
      webhooks(database),
      campaigns(database, clock, config.policies.zone, static_cast<int>(config.per_account_per_day)),
      schedules(database),
      sending(database),
      campaign_explain(database, {config.policies.zone, static_cast<int>(config.per_account_per_day)}),
      suppressions(database),
      preferences(database, config.policies.zone),
      fetches(database),
      mails(database, policies, shard_of_this_process()),
      metrics(database),
      tallies(database),
      views(database, clock) {}

}  // namespace candour::app
