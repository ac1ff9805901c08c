/// The database and everything that is kept in it, in the order in which they need each other.
#pragma once
#include <boost/asio/io_context.hpp>

#include "app/config.hpp"
#include "edge/store/accounts.hpp"
#include "edge/store/answers.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/brand.hpp"
#include "edge/store/calendars.hpp"
#include "edge/store/campaign_explain.hpp"
#include "edge/store/campaigns.hpp"
#include "edge/store/changes.hpp"
#include "edge/store/commitments.hpp"
#include "edge/store/database.hpp"
#include "edge/store/dead_letters.hpp"
#include "edge/store/directory.hpp"
#include "edge/store/exports.hpp"
#include "edge/store/fetches.hpp"
#include "edge/store/first_steps.hpp"
#include "edge/store/imported_people.hpp"
#include "edge/store/items.hpp"
#include "edge/store/journal.hpp"
#include "edge/store/known_facts.hpp"
#include "edge/store/links.hpp"
#include "edge/store/mails.hpp"
#include "edge/store/many_items.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/open_drafts.hpp"
#include "edge/store/outbox.hpp"
#include "edge/store/packages.hpp"
#include "edge/store/plugin_configs.hpp"
#include "edge/store/plugin_state.hpp"
#include "edge/store/preferences.hpp"
#include "edge/store/relationships.hpp"
#include "edge/store/reminders.hpp"
#include "edge/store/rules.hpp"
#include "edge/store/schedules.hpp"
#include "edge/store/sending.hpp"
#include "edge/store/sights.hpp"
#include "edge/store/signals.hpp"
#include "edge/store/suppressions.hpp"
#include "edge/store/tallies.hpp"
#include "edge/store/team_mail.hpp"
#include "edge/store/themes.hpp"
#include "edge/store/tokens.hpp"
#include "edge/store/users.hpp"
#include "edge/store/views.hpp"
#include "edge/store/webhooks.hpp"

namespace candour::app {

struct Stores {
    Stores(boost::asio::io_context& io, const flow::Clock& clock, const Config& config,
           std::shared_ptr<const core::Policies> policies, const store::Target& target);

    store::Database database;  // threads that own the sessions
    store::Items items;
    store::ManyItems many_items;
    store::Themes themes;
    store::Commitments commitments;
    store::Calendars calendars;  // who works when, and who stands behind whom
    store::Reminders reminders;
    store::TeamMail team_mail;
    store::Journal journal;
    store::DeadLetters dead_letters;
    store::Outbox outbox;
    store::Links links;
    store::Relationships relationships;
    store::KnownFacts known_facts;
    store::ImportedPeople imported_people;
    store::PluginState plugin_state;
    store::PluginConfigs plugin_configs;
    store::Packages packages;
    store::Signals signals;
    store::Tokens tokens;
    store::Repeats repeats;
    store::Users users;       // who signs in
    store::AuditLog audit;    // and what they did to the house
    store::Sights sights;     // whose customers each of us sees
    store::BrandStore brand;  // how customers know us
    store::FirstSteps first_steps;
    store::RuleBook rule_book;
    store::Directory directory;
    store::Accounts accounts;
    store::Answers answers;
    store::OpenDrafts open_drafts;  // who of us is writing what
    store::Exports exports;         // everything, for whoever takes it along
    store::Changes changes;
    store::Webhooks webhooks;  // who elsewhere hears of them
    store::Campaigns campaigns;
    store::Schedules schedules;  // campaigns that come round again
    store::Sending sending;      // whether mails may leave
    store::CampaignExplain campaign_explain;
    store::Suppressions suppressions;
    store::Preferences preferences;  // how people wish to be asked
    store::Fetches fetches;
    store::Mails mails;
    store::Metrics metrics;
    store::Tallies tallies;  // the same, of items
    store::Views views;
};

}  // namespace candour::app
